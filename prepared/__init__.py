"""Questions to the database whose SQL is put together once; knows Django alone."""

from prepared.questions import Asker, Prepared, UnpreparedError, Value, prepared

__all__ = ["Asker", "Prepared", "UnpreparedError", "Value", "prepared"]
