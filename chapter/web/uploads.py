"""Limit on the size of a request, so that uploads cannot fill the disk before a form is validated."""

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

MAX_REQUEST_BYTES = 32 * 1024 * 1024


class MaxRequestSize(FileUploadHandler):
    """Reject requests above 32 MB with 400, before parsing; the first of the upload handlers."""

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):
        if content_length > MAX_REQUEST_BYTES:
            raise RequestDataTooBig(f"A form of {content_length} bytes.")

    def receive_data_chunk(self, raw_data, start):
        return raw_data

    def file_complete(self, file_size):
        return None
