"""What hands do in the journeys: fill a form, press, wait for the answer."""

from __future__ import annotations

from datetime import date


def german(day: date) -> str:
    return f"{day:%d.%m.%Y}"


def choose(page, form: str, **fields) -> None:
    """Fill a form by its fields' names and send it. A list takes a value, ``{"label": …}`` or ``{"index": …}``."""
    box = fill(page, form, **fields)
    send(page, box.locator("button:not([formaction])").last)  # the others keep a draft


def keep(page, form: str, **fields) -> None:
    """The same for a row that is open in place: its form is sent to the page without the row in its address."""
    fill(page, form, **fields).get_by_role("button", name="Speichern").click()
    page.locator(f"#{form} form, form#{form}").first.wait_for(state="detached")
    page.wait_for_load_state()


def fill(page, form: str, **fields):
    """Fill a form by its fields' names; answers the form."""
    box = page.locator(f"form#{form}") if page.locator(f"form#{form}").count() else page.locator(f"#{form} form")
    for name, value in fields.items():
        field = box.locator(f"[name={name}]").first
        kind = field.get_attribute("type") or field.evaluate("element => element.tagName.toLowerCase()")
        if value is True and kind == "checkbox":
            field.check()
        elif kind == "radio":
            box.locator(f'[name={name}][value="{value}"]').check()
        elif kind == "select":
            field.select_option(**(value if isinstance(value, dict) else {"value": value}))
        else:
            field.fill(value)
    return box


def send(page, button) -> None:
    """Press and wait until the answer is there: leaving earlier would take the entry back."""
    here = page.url.partition("#")[0]
    with page.expect_response(
        lambda answer: answer.request.method == "POST" and answer.url.partition("#")[0] == here
    ) as got:
        page.evaluate("document.documentElement.dataset.left = 1")
        button.click()
    if "hx-redirect" in got.value.headers:
        page.locator("html[data-left]").wait_for(state="detached")
    page.wait_for_load_state()
