"""Receiving uploads (nhận tệp) from a form: never more of a file than may be kept, on any disk."""

from tempfile import SpooledTemporaryFile
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class CappedUploadHandler(FileUploadHandler):
    """Keep the first bytes of each file, up to one past the limit, and let the rest go by.

    The person who sends 300 MB is thus told so on a page, instead of filling our disk or
    losing the connection. For FILE_UPLOAD_HANDLERS; `services.store` refuses what is cut off.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own signature
        """Begin one file of the form."""
        super().new_file(*args, **kwargs)
        self._kept = SpooledTemporaryFile(  # noqa: SIM115 - closed with the request
            max_size=settings.FILE_UPLOAD_MAX_MEMORY_SIZE
        )

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002 - as above
        """Keep what still fits."""
        room = settings.UPLOAD_LIMIT + 1 - self._kept.tell()
        if room > 0:
            self._kept.write(raw_data[:room])

    def file_complete(self, file_size: int) -> "UploadedFile[bytes]":  # noqa: ARG002 - as above
        """Return what was kept of the file."""
        size = self._kept.tell()
        self._kept.seek(0)
        return UploadedFile(
            file=self._kept,
            name=self.file_name,
            content_type=self.content_type,
            size=size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
