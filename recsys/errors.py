"""The exceptions of recsys: one family, few children, raised where the fact is known."""


class RecsysError(Exception):
    """Base of every error that recsys raises on purpose; its message says expected, got, remedy and where."""


class InputError(RecsysError, ValueError):
    """An argument, an article or a page that cannot be used as given."""


class CorpusError(InputError):
    """A corpus file that cannot be read, or a line of it that breaks the format (``file:line`` in the message)."""


class ModelError(RecsysError):
    """A model or index directory that is missing, damaged, or of another format."""


class FetchError(RecsysError):
    """A public corpus that could not be downloaded or whose digest is wrong."""
