"""What other systems write of posts, as rows and remarks: pure functions of bytes, without the database and the network."""

from .imported import ImportedPost, Picture
from .names import undated
from .post_files import MARKDOWN, OTHER_TEXTS, SUFFIXES, BadFile, composed
from .post_files import MAX_TEXT as MAX_FILE
from .sources import read_export, read_exports, read_files, read_folder
from .texts import LABEL, replaced
from .wxr import NotAnExport
from .wxr_xml import MAX_BYTES as MAX_EXPORT

__all__ = [
    "LABEL",
    "MARKDOWN",
    "MAX_EXPORT",
    "MAX_FILE",
    "OTHER_TEXTS",
    "SUFFIXES",
    "BadFile",
    "ImportedPost",
    "NotAnExport",
    "Picture",
    "composed",
    "read_export",
    "read_exports",
    "read_files",
    "read_folder",
    "replaced",
    "undated",
]
