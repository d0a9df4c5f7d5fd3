"""Which fonts WeasyPrint may see: ours alone, so that a paper looks the same on every machine."""

import hashlib
import os
import tempfile
from pathlib import Path
from xml.sax.saxutils import escape

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import ImproperlyConfigured

FONT_FILES = [f"fonts/Tinos_{style}.ttf" for style in ("400Regular", "400Regular_Italic", "700Bold", "700Bold_Italic")]
_CONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
{folders}
  <cachedir>{cache}</cachedir>
  <alias binding="strong"><family>Times New Roman</family><prefer><family>Tinos</family></prefer></alias>
  <alias binding="strong"><family>serif</family><prefer><family>Tinos</family></prefer></alias>
</fontconfig>
"""


def find_static(name):
    """The source file behind a static name, None if there is none; what `collectstatic` makes has other names."""
    found = finders.find(name)
    return Path(found) if found else None


def use_own_fonts():
    """Write the font configuration and name it to fontconfig; call it before weasyprint is imported."""
    folder = _writable_folder()
    found = {name: find_static(name) for name in FONT_FILES}
    if missing := [name for name, path in found.items() if path is None]:
        raise ImproperlyConfigured(f"Thiếu tệp phông chữ để in văn bản: {', '.join(missing)}. Hãy chạy scripts/setup.")
    folders = "\n".join(f"  <dir>{escape(str(path.parent))}</dir>" for path in found.values())
    content = _CONFIG.format(folders=folders, cache=escape(str(folder / "cache")))
    target = folder / f"fonts-{hashlib.sha256(content.encode()).hexdigest()[:16]}.conf"
    if not target.is_file():
        # Several processes may start at once: each writes its own file, the last rename wins, all are equal.
        handle, name = tempfile.mkstemp(dir=folder, suffix=".tmp")
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(content)
        os.replace(name, target)
    os.environ["FONTCONFIG_FILE"] = str(target)


def _writable_folder():
    folder = Path(settings.DATA_DIR) / "fontconfig"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return Path(tempfile.mkdtemp(prefix="khoi-thi-dua-fonts-"))
    return folder if os.access(folder, os.W_OK) else Path(tempfile.mkdtemp(prefix="khoi-thi-dua-fonts-"))
