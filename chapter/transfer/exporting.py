"""The chapter's part of an export: settings and pages, without members, the contact address and who may be turned to."""

import json
import tomllib

from ..models import Chapter, Image, Page, PageWording
from . import picture_files, tables, wording_files

SETTINGS = (
    "name",
    "accent",
    "time_zone",
    "default_language",
    "postal_address",
    "hosted_by",
    "mail_sent_by",
    "slack_url",
    "linkedin_url",
    "mastodon_url",
    "meetup_url",
    "movement_url",
    "reminder_hours",
    "announce_days",
    "sends_letter",
    "guests_kept_days",
)
LOGO = "logo"
SETTINGS_FILE = "chapter.toml"
PICTURES_FILE = "media/images.csv"


def export(folder, *, drafts):
    """Write settings and pages; returns the names of pictures that the pages show."""
    chapter = Chapter.load()
    # A JSON string is a TOML string, too.
    values = {name: getattr(chapter, name) for name in SETTINGS} | {
        LOGO: chapter.logo.file.name if chapter.logo else ""
    }
    lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in values.items()]
    (folder / SETTINGS_FILE).write_text("".join(lines), "utf-8", newline="")
    rows = PageWording.objects.order_by("page", "language", "version")
    wording_files.write(folder / "wordings/pages", rows, key="page_id")
    return texts_pictures(rows) | ({values[LOGO]} - {""})


def texts_pictures(rows):
    bodies = rows.filter(body__contains="/media/").values_list("body", flat=True)
    return set().union(*map(picture_files.in_text, bodies))


def export_pictures(folder, names):
    """Copy these pictures, except withdrawn ones; returns names of those that could not be copied."""
    found = Image.objects.filter(file__in=names, withdrawn_file="").order_by("file")
    rows = {image.file.name: picture_files.write(folder, image) for image in found}
    tables.write(folder / PICTURES_FILE, picture_files.NAMES, [row for row in rows.values() if row])
    return sorted(name for name, row in rows.items() if row is None)


def restore(folder, *, report, is_new):
    """Store pages and, on a new site, the settings. Call it in a transaction."""
    with report.row(SETTINGS_FILE):
        _restore_settings(folder / SETTINGS_FILE, report=report, is_new=is_new)
    pages = {key: Page.objects.get_or_create(key=key)[0] for key in Page.KEYS}
    wording_files.read(folder / "wordings/pages", PageWording, subjects=pages, report=report)


def restore_pictures(folder, *, report, written):
    for row in tables.read(folder / PICTURES_FILE):
        with report.row(f"picture {row.get('file', '')}"):
            picture_files.read(folder, row, report=report, written=written)


def _restore_settings(path, *, report, is_new):
    chapter = Chapter.load()
    found = tomllib.loads(path.read_text("utf-8"))
    wanted = {name: found[name] for name in SETTINGS if name in found}
    wanted[LOGO] = Image.objects.filter(file=found.get(LOGO) or None).first()
    if wanted == {name: getattr(chapter, name) for name in wanted}:
        return report.same("settings of the chapter")
    if not is_new:
        return report.kept("settings of the chapter", "this site has its own")
    for name, value in wanted.items():
        setattr(chapter, name, value)
    chapter.full_clean(exclude=["contact_email"])
    chapter.save()
    return report.changed("settings of the chapter")
