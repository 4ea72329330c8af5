"""A ceiling for everything that a form brings along, so that nobody fills the disk before a form has been read."""

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

MAX_REQUEST_BYTES = 32 * 1024 * 1024


class MaxRequestSize(FileUploadHandler):
    """Refuses a larger request as a whole, with 400; stands first among the handlers and passes all files on."""

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):
        if content_length > MAX_REQUEST_BYTES:
            raise RequestDataTooBig(f"A form of {content_length} bytes.")

    def receive_data_chunk(self, raw_data, start):
        return raw_data

    def file_complete(self, file_size):
        return None
