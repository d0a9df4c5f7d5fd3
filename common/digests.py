"""Uploads that are only measured: the SHA-256 is taken while the file comes in, and nothing of it is kept or written."""

import hashlib
from functools import wraps

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.views.decorators.csrf import csrf_exempt, csrf_protect


class MeasuredFile(UploadedFile):
    """What is left of an upload: its name, size, SHA-256, and whether it begins like a PDF."""

    def __init__(self, *, name, size, sha256, is_pdf):
        super().__init__(file=None, name=name, size=size)
        self.sha256, self.is_pdf = sha256, is_pdf


class DigestHandler(FileUploadHandler):
    """Takes the digest of each file chunk by chunk; no other handler gets to see it."""

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self._digest, self._head = hashlib.sha256(), b""

    def receive_data_chunk(self, raw_data, start):
        self._digest.update(raw_data)
        if len(self._head) < 5:
            self._head += raw_data[:5]

    def file_complete(self, file_size):
        is_pdf = self._head.startswith(b"%PDF-")
        return MeasuredFile(name=self.file_name, size=file_size, sha256=self._digest.hexdigest(), is_pdf=is_pdf)


def without_storing(view):
    """For a view that takes files: they arrive as MeasuredFile. Handlers are chosen before anybody reads the body,
    so the check of the form's token comes after them.
    """
    protected = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def measured(request, *args, **kwargs):
        request.upload_handlers = [DigestHandler(request)]
        return protected(request, *args, **kwargs)

    return measured
