"""What other systems write of posts, as rows and remarks: pure functions of bytes, without the database and the network."""

from .imported import ImportedPost, Picture
from .markdown_texts import outside_of_code
from .post_files import MAX_TEXT as MAX_FILE
from .post_files import OTHER_TEXTS, SUFFIXES, BadFile, composed, undated
from .sources import read_exports, read_files, read_folder
from .wxr import NotAnExport
from .wxr_xml import MAX_BYTES as MAX_EXPORT

__all__ = [
    "MAX_EXPORT",
    "MAX_FILE",
    "OTHER_TEXTS",
    "SUFFIXES",
    "BadFile",
    "ImportedPost",
    "NotAnExport",
    "Picture",
    "composed",
    "outside_of_code",
    "read_exports",
    "read_files",
    "read_folder",
    "undated",
]
