"""Which files of `node_modules` are served or printed with, and under what static name.

An explicit list, because the packages ship hundreds of files that nobody asks for. A style sheet's `.map` and the
fonts it names stay beside it: the manifest storage refuses a style sheet whose references are missing.
"""

_BOOTSTRAP = {
    "vendor/bootstrap.min.css": "bootstrap/dist/css/bootstrap.min.css",
    "vendor/bootstrap.min.css.map": "bootstrap/dist/css/bootstrap.min.css.map",
    "vendor/bootstrap.bundle.min.js": "bootstrap/dist/js/bootstrap.bundle.min.js",
    "vendor/bootstrap.bundle.min.js.map": "bootstrap/dist/js/bootstrap.bundle.min.js.map",
}

_ICONS = {
    "vendor/bootstrap-icons.min.css": "bootstrap-icons/font/bootstrap-icons.min.css",
    "vendor/fonts/bootstrap-icons.woff": "bootstrap-icons/font/fonts/bootstrap-icons.woff",
    "vendor/fonts/bootstrap-icons.woff2": "bootstrap-icons/font/fonts/bootstrap-icons.woff2",
}

# For pages: split by script, so that a reader fetches only what the page shows. Never for PDFs (see _SERIF).
_SANS = {
    f"vendor/fonts/be-vietnam-pro-{script}-{weight}-normal.woff2": (
        f"@fontsource/be-vietnam-pro/files/be-vietnam-pro-{script}-{weight}-normal.woff2"
    )
    for script in ("latin", "latin-ext", "vietnamese")
    for weight in (400, 500, 600, 700)
}

# For PDFs: whole fonts. WeasyPrint mixes up the glyphs of a font that comes in several files of one name.
_SERIF = {
    f"fonts/Tinos_{style}.ttf": f"@expo-google-fonts/tinos/{style}/Tinos_{style}.ttf"
    for style in ("400Regular", "400Regular_Italic", "700Bold", "700Bold_Italic")
}

NODE_FILES = {**_BOOTSTRAP, **_ICONS, **_SANS, **_SERIF}
