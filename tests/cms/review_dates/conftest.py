from tests.cms.documents.conftest import add, read
from tests.cms.registry_desk.conftest import chongxing, linhe, people

__all__ = ["add", "chongxing", "linhe", "people", "read"]
