"""The search server's engine: Elasticsearch 8.19 or 9, through `elasticsearch.dsl`. Nothing else imports its client.

Its index mirrors the documents, in the very terms that the embedded index holds, and a query is put to it as clauses that
add up to the same sums. So both engines find the same documents, count the same and rank alike.
"""
