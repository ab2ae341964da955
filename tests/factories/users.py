from typing import Any

import factory
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from factory.django import DjangoModelFactory

from cms.registry_desk import roles

from .places import OrganisationFactory

PASSWORD = "a-password-for-tests-only"


class UserFactory(DjangoModelFactory):
    """A person of the desk with the password `tests.factories.users.PASSWORD`.

    UserFactory()                                       no role, no organisation
    UserFactory(city_editor=True)                       市级编辑 of the city office
    UserFactory(township_editor=True, organisation__area=area)
    UserFactory(department_editor=True, organisation=bureau)
    UserFactory(legal_reviewer=True) · UserFactory(printer=True, organisation__area=area)
    """

    class Meta:
        model = get_user_model()
        skip_postgeneration_save = True

    class Params:
        city_editor = factory.Trait(
            role=roles.CITY_EDITOR, organisation=factory.SubFactory(OrganisationFactory, city_office=True)
        )
        township_editor = factory.Trait(
            role=roles.TOWNSHIP_EDITOR, organisation=factory.SubFactory(OrganisationFactory, township=True)
        )
        department_editor = factory.Trait(
            role=roles.DEPARTMENT_EDITOR, organisation=factory.SubFactory(OrganisationFactory)
        )
        legal_reviewer = factory.Trait(
            role=roles.LEGAL_REVIEWER, organisation=factory.SubFactory(OrganisationFactory, name="司法局")
        )
        printer = factory.Trait(role=roles.PRINTER, organisation=factory.SubFactory(OrganisationFactory, township=True))

    username = factory.Sequence(lambda n: f"user{n}")
    full_name = factory.Sequence(lambda n: f"示例用户{n}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@example.invalid")
    role = ""

    @classmethod
    def _create(cls, model_class: Any, *args: Any, role: str = "", **kwargs: Any) -> Any:
        user = model_class.objects.create_user(*args, password=kwargs.pop("password", PASSWORD), **kwargs)
        if role:
            if not Group.objects.filter(name=role).exists():
                roles.ensure_roles()
            user.groups.add(Group.objects.get(name=role))
        return user
