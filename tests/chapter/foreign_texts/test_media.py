"""What stands beside the words of a page: shown as a picture or a link, or named."""

import pytest

from chapter.foreign_texts import to_markdown

LATE = '<img class="lazy" src="data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="{}>'
PICTURE = "![](https://old.example.org/a.jpg)"
SHOWN = {
    "late picture with a copy": LATE.format(' data-lazy-src="/a.jpg"') + '<noscript><img src="/a.jpg?w=1"></noscript>',
    "late picture, known by its copy alone": LATE.format("") + '<noscript><img src="/a.jpg"></noscript>',
    "copy alone": '<noscript><img src="/a.jpg"></noscript>',
    "late picture of another script": LATE.format(' data-original="/a.jpg"'),
    "sizes": '<img srcset="/a-300.jpg 300w, /a.jpg 600w">',
    "picture in forms": '<picture><source srcset="/a.jpg 1x"><img></picture>',
    "accelerated page": '<amp-img src="/a.jpg"></amp-img>',
    "background": '<div style="color:red;background-image: url(\'/a.jpg\')"></div>',
    "counter beside it": '<img src="/a.jpg"><img src="https://x.example.org/t?1" width="1" height="1"><noscript><img style="display:none" src="https://x.example.org/t"></noscript>',
}  # fmt: skip


@pytest.mark.parametrize("name", SHOWN)
def test_picture_is_shown_once(name):
    text, notes = to_markdown(f"<p>Text</p>{SHOWN[name]}", base="https://old.example.org/")
    assert (text, notes) == (f"Text\n\n{PICTURE}", [])


def test_pictures_side_by_side_are_all_shown():
    copies = "".join(f"<noscript><img src='/{number}.jpg'></noscript>" for number in range(3))
    assert to_markdown(f"<p>{copies}</p>", base="https://old.example.org/")[0].count("![") == 3


LINKED = {
    '<div class="sqs-video-wrapper" data-html="&lt;iframe src=&quot;https://video.example.org/1&quot;&gt;&lt;/iframe&gt;"></div>': "<https://video.example.org/1>",
    '<iframe src="//cdn.embedly.com/widgets/media.html?src=https%3A%2F%2Fv.example.org%2Fembed&url=https%3A%2F%2Fv.example.org%2F1&x=1"></iframe>': "<https://v.example.org/1>",
    '<div class="sqs-audio-embed" data-url="/ep.mp3" data-title="Episode 1"></div>': "[Episode 1](https://old.example.org/ep.mp3)",
    '<blockquote class="instagram-media" data-instgrm-permalink="https://i.example.org/p/1/"></blockquote>': "> <https://i.example.org/p/1/>",
    '<script src="https://gist.github.com/ola/123.js"></script>': "<https://gist.github.com/ola/123>",
    '<map><area href="/one" alt="One"></map>': "[One](https://old.example.org/one)",
    '<div class="sqs-block sqs-block-map" data-block-json="{&quot;location&quot;:{&quot;addressLine1&quot;:&quot;Storgata 1&quot;}}">&nbsp;</div>': "Storgata 1",
    '<h4><button aria-expanded="false"><span>Why?</span></button></h4><p>So.</p>': "#### Why?\n\nSo.",
}  # fmt: skip


@pytest.mark.parametrize("html", LINKED)
def test_what_a_script_would_draw_is_shown(html):
    assert to_markdown(html, base="https://old.example.org/")[0] == LINKED[html]


NOTED = {
    "<form><h2>Subscribe</h2><input type='email'><button>Join</button></form>": "a form was in the text and is left out",
    "<math><mi>x</mi></math>": "a formula was in the text and is left out",
    "<svg><text>Label</text></svg>": "a drawing was in the text and is left out",
    "<script src='https://forms.example.org/1.js'></script>": "a script of forms.example.org was in the text and is left out",
    "<iframe srcdoc='x'></iframe>": "a frame was in the text and is left out",
    "<img src='data:image/svg+xml,%3Csvg/%3E'>": "a picture that is written in the text (image/svg+xml) is left out",
    "<div class='sqs-block sqs-block-calendar' data-block-json='{}'></div>": "the block “calendar” was in the text and is left out",
    "<a href='https://o.example.org/x'><img src='/a.jpg'></a>": "a picture linked to https://o.example.org/x; the link is left out",
    "<figure><img src='/a.jpg'><figcaption>By <a href='/kari'>Kari</a></figcaption></figure>": "a picture linked to https://old.example.org/kari; the link is left out",
}  # fmt: skip


@pytest.mark.parametrize("html", NOTED)
def test_what_cannot_be_shown_is_named(html):
    assert to_markdown(f"<p>Text</p>{html}", base="https://old.example.org/")[1] == [NOTED[html]]


SAYS_NOTHING = ["<svg><path/></svg>", "<script>x()</script>", "<input type='hidden'>", "<a href='/a.jpg'><img src='/a-1.jpg'></a>", "<script src='https://platform.twitter.com/widgets.js'></script>", "<a href='/p/a' rel='attachment wp-att-1'><img src='/a.jpg'></a>"]  # fmt: skip


@pytest.mark.parametrize("html", SAYS_NOTHING)
def test_what_no_reader_misses_is_not_named(html):
    assert to_markdown(f"<p>Text</p>{html}", base="https://old.example.org/")[1] == []
