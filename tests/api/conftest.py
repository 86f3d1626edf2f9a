from tests.access.conftest import browsers

__all__ = ["browsers"]
