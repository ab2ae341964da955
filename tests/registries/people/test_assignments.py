"""Who works which grid, and when: the rules, the acts, and the database behind them."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from registries.people.assigning import CannotAssign, assign_worker, end_assignment, hand_over, set_backup
from registries.people.enums import WorkerKind
from registries.people.models import GridAssignment, GridWorker
from tests.factories import (
    AreaFactory,
    GridAssignmentFactory,
    GridFactory,
    GridWorkerFactory,
    OrganisationFactory,
)
from tests.factories.places import square

pytestmark = pytest.mark.django_db
APRIL, JUNE, JULY = date(2021, 4, 1), date(2021, 6, 1), date(2021, 7, 1)


@pytest.fixture
def row():
    """Four grids of one community in a row, each with its worker since April."""
    community = AreaFactory(community=True)
    return [
        GridAssignmentFactory(grid=GridFactory(community=community, place=(column, 0)), starts_on=APRIL)
        for column in range(4)
    ]


class TestOneWorkerAGrid:
    def test_a_grid_has_one_worker_at_a_time(self, row):
        with pytest.raises(CannotAssign, match="一个网格配备一名网格员") as caught:
            assign_worker(row[0].grid, GridWorkerFactory(), starts_on=JUNE)
        assert list(caught.value.fields) == ["grid"]

    def test_a_worker_has_one_grid_at_a_time(self, row):
        with pytest.raises(CannotAssign, match="已负责"):
            assign_worker(GridFactory(), row[0].worker, starts_on=JUNE)

    def test_the_next_may_begin_on_the_day_the_last_one_leaves(self, row):
        successor = GridWorkerFactory()
        hand_over(row[0], successor, on=JUNE)
        assert [a.worker for a in GridAssignment.objects.as_of(date(2021, 5, 31)).filter(grid=row[0].grid)] == [
            row[0].worker
        ]
        assert [a.worker for a in GridAssignment.objects.as_of(JUNE).filter(grid=row[0].grid)] == [successor]

    def test_an_earlier_period_without_end_is_in_the_way(self, row):
        with pytest.raises(CannotAssign):
            assign_worker(row[0].grid, GridWorkerFactory(), starts_on=date(2020, 1, 1))
        assert assign_worker(row[0].grid, GridWorkerFactory(), starts_on=date(2020, 1, 1), ends_on=APRIL).pk

    def test_a_failed_hand_over_changes_nothing(self, row):
        with pytest.raises(CannotAssign):
            hand_over(row[0], row[1].worker, on=JUNE)
        row[0].refresh_from_db()
        assert row[0].ends_on is None

    @pytest.mark.parametrize("change", ["grid", "worker"])
    def test_the_database_refuses_it_too(self, row, change):
        other = {"grid": {"worker": GridWorkerFactory()}, "worker": {"grid": GridFactory()}}[change]
        fields = {"grid": row[0].grid, "worker": row[0].worker, "starts_on": JUNE, **other}
        with pytest.raises(IntegrityError), transaction.atomic():
            GridAssignment.objects.create(**fields)
        with pytest.raises(IntegrityError), transaction.atomic():
            GridAssignment.objects.bulk_create([GridAssignment(**fields)])

    def test_the_database_refuses_a_period_made_longer(self, row):
        end_assignment(row[0], on=JUNE)
        assign_worker(row[0].grid, GridWorkerFactory(), starts_on=JUNE)
        with pytest.raises(IntegrityError), transaction.atomic():
            GridAssignment.objects.filter(pk=row[0].pk).update(ends_on=None)

    def test_an_end_comes_after_the_beginning(self, row):
        with pytest.raises(CannotAssign, match="离岗日期须晚于到岗日期"):
            end_assignment(row[0], on=APRIL)
        with pytest.raises(IntegrityError), transaction.atomic():
            GridAssignment.objects.filter(pk=row[0].pk).update(ends_on=APRIL)

    def test_an_assignment_lies_within_the_time_of_its_grid(self):
        grid = GridFactory(valid_from=JUNE, valid_until=JULY)
        with pytest.raises(CannotAssign, match="启用"):
            assign_worker(grid, GridWorkerFactory(), starts_on=APRIL, ends_on=JULY)
        with pytest.raises(CannotAssign, match="撤销"):
            assign_worker(grid, GridWorkerFactory(), starts_on=JUNE)
        assert assign_worker(grid, GridWorkerFactory(), starts_on=JUNE, ends_on=JULY).pk


class TestBackup:
    def test_the_worker_of_an_adjacent_grid_stands_in(self, row):
        set_backup(row[0], row[1].worker)
        assert row[0].backup_on(JUNE) == row[1].worker

    def test_not_from_a_grid_further_away(self, row):
        with pytest.raises(CannotAssign, match="相邻网格（第二十二条）"):
            set_backup(row[0], row[2].worker)

    def test_not_from_another_community_even_next_door(self, row):
        next_door = GridAssignmentFactory(grid=GridFactory(place=(4, 0)), starts_on=APRIL)
        assert row[3].grid in next_door.grid.neighbours.all()
        with pytest.raises(CannotAssign, match="同一社区"):
            set_backup(row[3], next_door.worker)

    def test_not_from_a_corner(self, row):
        corner = GridAssignmentFactory(grid=GridFactory(community=row[0].grid.community, place=(1, 1)), starts_on=APRIL)
        with pytest.raises(CannotAssign):
            set_backup(row[0], corner.worker)

    def test_not_oneself_and_nobody_without_a_grid(self, row):
        with pytest.raises(CannotAssign, match="不能是本人"):
            set_backup(row[0], row[0].worker)
        with pytest.raises(CannotAssign, match="没有负责任何网格"):
            set_backup(row[0], GridWorkerFactory())

    @pytest.mark.parametrize("whose", [0, 2, None])
    def test_the_database_refuses_it_too(self, row, whose):
        backup = GridWorkerFactory() if whose is None else row[whose].worker
        with pytest.raises(IntegrityError), transaction.atomic():
            GridAssignment.objects.filter(pk=row[0].pk).update(backup=backup)

    def test_who_left_stands_in_for_nobody(self, row):
        set_backup(row[0], row[1].worker)
        end_assignment(row[1], on=JUNE)
        assert row[0].backup_on(date(2021, 5, 31)) == row[1].worker
        assert row[0].backup_on(JUNE) is None

    def test_a_grid_moved_away_ends_the_backup(self, row):
        set_backup(row[0], row[1].worker)
        row[1].grid.boundary = square(30)
        row[1].grid.save()
        assert row[0].backup_on(JUNE) is None

    def test_an_assignment_ends_whatever_became_of_the_boundary(self, row):
        set_backup(row[0], row[1].worker)
        row[0].grid.boundary = square(30)
        row[0].grid.save()
        GridAssignment.objects.filter(pk=row[0].pk).update(ends_on=JUNE)
        row[0].refresh_from_db()
        assert row[0].ends_on == JUNE


class TestCommitteeMembers:
    """Article 3: they work grids of villages, not of urban communities."""

    def test_not_in_an_urban_community(self):
        member = GridWorkerFactory(kind=WorkerKind.COMMITTEE)
        with pytest.raises(CannotAssign, match="第三条"):
            assign_worker(GridFactory(), member, starts_on=APRIL)
        with pytest.raises(IntegrityError), transaction.atomic():
            GridAssignmentFactory(worker=member)

    def test_in_a_village(self):
        village = AreaFactory(village=True)
        member = GridWorkerFactory(kind=WorkerKind.COMMITTEE)
        assert assign_worker(GridFactory(community=village), member, starts_on=APRIL).pk

    def test_nor_by_a_later_change_of_kind(self, row):
        row[0].worker.kind = WorkerKind.COMMITTEE
        with pytest.raises(ValidationError, match="第三条"):
            row[0].worker.full_clean()


class TestWithdrawal:
    def test_the_day_an_assignment_ends_nothing_is_public(self, row):
        end_assignment(row[0], on=JUNE)
        assert row[0].worker in GridWorker.objects.on_duty(date(2021, 5, 31))
        assert row[0].worker not in GridWorker.objects.on_duty(JUNE)
        assert row[0] not in GridAssignment.objects.for_boards(JUNE)

    def test_nor_before_it_begins(self, row):
        assert not GridAssignment.objects.as_of(date(2021, 3, 31)).exists()

    def test_boards_cost_the_same_for_many_grids(self, row, django_assert_num_queries):
        for one, other in ((0, 1), (1, 0), (2, 3), (3, 2)):
            set_backup(row[one], row[other].worker)
        with django_assert_num_queries(
            3
        ):  # assignments with grid, worker, photo and backup; neighbours; grids of backups
            shown = list(GridAssignment.objects.for_boards(JUNE))
            assert [each.backup_on(JUNE).badge_no for each in shown] == [row[n].worker.badge_no for n in (1, 0, 3, 2)]


def test_people_edit_the_workers_of_their_own_township(row):
    own = row[0].grid.community.parent
    mine = OrganisationFactory(township=True, area=own)
    elsewhere = GridAssignmentFactory()
    registered = GridWorkerFactory(created_for=own)
    left_long_ago = GridAssignmentFactory(ended=True, grid=GridFactory(community=row[0].grid.community)).worker
    workers = {each.worker for each in row} | {registered, left_long_ago}
    assert set(GridWorker.objects.editable_by(mine)) == workers
    assert elsewhere not in GridAssignment.objects.editable_by(mine)
    assert row[0] in GridAssignment.objects.editable_by(mine)
    for nobody in (None, OrganisationFactory()):
        assert not GridWorker.objects.editable_by(nobody).exists()
        assert not GridAssignment.objects.editable_by(nobody).exists()
    assert elsewhere.worker in GridWorker.objects.editable_by(OrganisationFactory(city_office=True))


def test_a_worker_has_no_field_for_more_than_the_board_shows():
    """Articles 17 and 21; whoever adds a column to this table must find it here first."""
    assert {field.name for field in GridWorker._meta.concrete_fields} == {
        "id", "name", "badge_no", "kind", "phone", "photo", "services", "duties", "created_for",
    }  # fmt: skip
