"""Pictures in a bucket that speaks S3, which several machines share (the extra `s3`).

The bucket is private, and pictures keep their addresses: the site serves them below /media/ as from a folder. So a
withdrawn picture is gone for everybody, the Markdown of texts is the same wherever pictures are kept, and the policy of
the pages names no other host. What fails is an OSError here too, as all who read and write pictures expect it.
"""

from contextlib import contextmanager
from functools import wraps

from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.files.base import ContentFile
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage
from storages.utils import clean_name

HOW = Config(
    connect_timeout=3,
    read_timeout=10,
    retries={"mode": "standard", "max_attempts": 2},
    # Many servers that speak S3 know no other checksums.
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)


@contextmanager
def _told_as_of_a_disk(name):
    try:
        yield
    except ClientError as error:
        if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
            raise FileNotFoundError(name) from error
        raise ConnectionError(f"The bucket refuses {name}: {error}") from error
    except BotoCoreError as error:
        raise ConnectionError(f"The bucket does not answer about {name}: {error}") from error


def _as_of_a_disk(method):
    @wraps(method)
    def told(self, name, *arguments):
        with _told_as_of_a_disk(name):
            return method(self, name, *arguments)

    return told


class Bucket(S3Storage):
    """Without a name for a second file of the same name: names are random, or say what is drawn."""

    def get_default_settings(self):
        one_thread = TransferConfig(use_threads=False)
        return {**super().get_default_settings(), "client_config": HOW, "transfer_config": one_thread}

    @_as_of_a_disk
    def _open(self, name, mode="rb"):
        answer = self.bucket.Object(self._normalize_name(clean_name(name))).get()
        return ContentFile(answer["Body"].read(), name=name)

    def url(self, name):
        return settings.MEDIA_URL + filepath_to_uri(name)

    _save = _as_of_a_disk(S3Storage._save)
    delete = _as_of_a_disk(S3Storage.delete)
    exists = _as_of_a_disk(S3Storage.exists)
    listdir = _as_of_a_disk(S3Storage.listdir)
    get_modified_time = _as_of_a_disk(S3Storage.get_modified_time)
