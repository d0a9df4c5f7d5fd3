"""HTML → PDF/A-2a and PDF/UA-1, without network and with our own fonts. Only `documents.printed` calls it."""
