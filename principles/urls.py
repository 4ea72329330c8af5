"""Addresses of principles/, under the language prefix."""

from django.urls import path, register_converter

from chapter.languages import CODES

from . import views


class NumberConverter:
    """One of the seven numbers; other addresses are 404s."""

    regex = "[1-7]"

    def to_python(self, value):
        return int(value)

    def to_url(self, value):
        return str(value)


class LanguageConverter:
    """The language of a wording, which need not be the page's."""

    regex = "|".join(CODES)

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


register_converter(NumberConverter, "principle")
register_converter(LanguageConverter, "wording_language")

urlpatterns = [
    # All seven
    path("", views.principles, name="principles"),
    path("compare/", views.principles_compare, name="principles_compare"),
    path("poster/", views.principles_poster, name="principles_poster"),
    # One of them
    path("<principle:number>/", views.principle, name="principle"),
    path("<principle:number>/poster/", views.principle_poster, name="principle_poster"),
    path(
        "<principle:number>/history/<wording_language:language>/", views.principle_history, name="principle_history"
    ),
    # Organisers
    path("<principle:number>/wording/", views.principle_wording_new, name="principle_wording_new"),
]
