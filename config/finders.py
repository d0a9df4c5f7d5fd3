from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import Error
from django.core.files.storage import FileSystemStorage

from config.node_files import NODE_FILES


class NodeModulesFinder(BaseFinder):
    """Static files that come from npm packages: exactly those of `NODE_FILES`, under the names given there.

    Reads the folder `settings.NODE_MODULES`. Files that set-up has not fetched are reported by `check`
    instead of being left out in silence.
    """

    def __init__(self, app_names=None, *args, **kwargs):
        self.root = Path(settings.NODE_MODULES)
        self.files = NODE_FILES
        self.storage = _MappedStorage(self.root, self.files)

    def check(self, **kwargs):
        missing = [source for source in self.files.values() if not (self.root / source).is_file()]
        if not missing:
            return []
        return [
            Error(
                f"{len(missing)} file(s) from npm packages are missing, the first is {missing[0]}.",
                hint="Run scripts/setup.",
                id="config.E001",
            )
        ]

    def find(self, path, find_all=False, **kwargs):
        source = self.files.get(path)
        found = str(self.root / source) if source and (self.root / source).is_file() else None
        if find_all:
            return [found] if found else []
        return found or []

    def list(self, ignore_patterns):
        for name in self.files:
            yield name, self.storage


class _MappedStorage(FileSystemStorage):
    """A folder whose files are asked for by their static name and read from where the package has them."""

    prefix = ""

    def __init__(self, root, files):
        super().__init__(location=root)
        self._files = files

    def path(self, name):
        return super().path(self._files.get(name, name))
