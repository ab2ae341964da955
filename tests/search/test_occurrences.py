"""How often words occur is asked of the search server once, until its index changes."""

from search.engines.elasticsearch.occurrences import Memory, Occurrences
from search.language.query import Lookup
from search.ranking import Field

ONE, TWO = Lookup(("低保",)), Lookup(("救助",))


class Server:
    def __init__(self):
        self.asked = []
        self.documents = 3

    def __call__(self, lookups):
        self.asked.append(lookups)
        return Occurrences({each: {Field.TITLE: self.documents} for each in lookups}, self.documents)


def test_only_what_is_not_known_is_asked():
    memory, server = Memory(), Server()
    memory.recall([ONE], "index:1", server)
    both = memory.recall([ONE, TWO], "index:1", server)
    assert server.asked == [[ONE], [TWO]]
    assert (set(both.counts), both.documents) == ({ONE, TWO}, 3)
    assert memory.recall([ONE, TWO], "index:1", server) == both
    assert len(server.asked) == 2


def test_another_index_is_asked_anew():
    memory, server = Memory(), Server()
    memory.recall([ONE], "index:1", server)
    server.documents = 5
    assert memory.recall([ONE], "index:2", server) == Occurrences({ONE: {Field.TITLE: 5}}, 5)
    assert memory.recall([ONE], "index:2", server).documents == 5
    assert server.asked == [[ONE], [ONE]]


def test_without_a_version_nothing_is_remembered():
    memory, server = Memory(), Server()
    memory.recall([ONE], "", server)
    memory.recall([ONE], "", server)
    assert server.asked == [[ONE], [ONE]]
