"""The documented limits of messages, modals and commands: the last thing allowed passes, the next is refused."""

from __future__ import annotations

import pytest

from tests.discord_double.command_limits import check_choices, check_commands
from tests.discord_double.component_limits import check_modal
from tests.discord_double.limits import check_files, check_message
from tests.discord_double.refusals import FormErrors, Refusal
from tests.discord_double.state import NO_FLAGS, Flag


def text(length: int) -> dict:
    return {"type": 10, "content": "x" * length}


def button(**changes) -> dict:
    return {"type": 2, "style": 1, "label": "More", "custom_id": "more"} | changes


def row(*inside: dict) -> dict:
    return {"type": 1, "components": list(inside)}


def buttons(count: int) -> dict:
    return row(*(button(custom_id=str(number)) for number in range(count)))


def select(count: int = 1, **changes) -> dict:
    options = [{"label": str(number), "value": str(number)} for number in range(count)]
    return row({"type": 3, "custom_id": "pick", "options": options} | changes)


def option(**changes) -> dict:
    return select(options=[{"label": "a", "value": "a"} | changes])


def gallery(count: int = 1, **changes) -> dict:
    item = {"media": {"url": "https://example.org/a.png"}} | changes
    return {"type": 12, "items": [item] * count}


def section(texts: int, accessory: dict | None) -> dict:
    inside = [text(1)] * texts
    return {"type": 9, "components": inside} | ({"accessory": accessory} if accessory else {})


def container(*inside: dict) -> dict:
    return {"type": 17, "components": list(inside)}


def v2(*components: dict) -> dict:
    return {"components": list(components)}


def refused_fields(errors: dict, path: tuple[str, ...] = ()) -> list[str]:
    """Each refused field with its code, as `components.0.content BASE_TYPE_MAX_LENGTH`."""
    found = [f"{'.'.join(path)} {error['code']}" for error in errors.get("_errors", ())]
    for key, inner in errors.items():
        if key != "_errors":
            found += refused_fields(inner, (*path, key))
    return found


def refusal_of(body: dict, flags: Flag = Flag.COMPONENTS_V2) -> list[str]:
    try:
        check_message(body, flags)
    except Refusal as refusal:
        return refused_fields(refusal.errors)
    return []


V2_CASES = {
    "text of 4,000": (v2(text(4000)), v2(text(4001)), "components.0.content BASE_TYPE_BAD_LENGTH"),
    "4,000 in all": (
        v2(text(2000), text(2000)),
        v2(text(2000), text(2001)),
        "components COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
    ),
    "40 components": (v2(*[text(1)] * 40), v2(*[text(1)] * 41), "components COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED"),
    "40 nested": (
        v2(container(*[text(1)] * 39)),
        v2(container(*[text(1)] * 40)),
        "components COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
    ),
    "no content": (
        v2(text(1)),
        v2(text(1)) | {"content": "x"},
        "content MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
    ),
    "section of 3": (
        v2(section(3, button())),
        v2(section(4, button())),
        "components.0.components BASE_TYPE_BAD_LENGTH",
    ),
    "section with accessory": (
        v2(section(1, button())),
        v2(section(1, None)),
        "components.0.accessory BASE_TYPE_REQUIRED",
    ),
    "gallery of 10": (v2(gallery(10)), v2(gallery(11)), "components.0.items BASE_TYPE_BAD_LENGTH"),
    "alt text of 1,024": (
        v2(gallery(description="x" * 1024)),
        v2(gallery(description="x" * 1025)),
        "components.0.items.0.description BASE_TYPE_MAX_LENGTH",
    ),
    "no container in a container": (
        v2(container(text(1))),
        v2(container(container(text(1)))),
        "components.0.components.0 UNION_TYPE_CHOICES",
    ),
    "5 buttons a row": (v2(buttons(5)), v2(buttons(6)), "components.0.components BASE_TYPE_BAD_LENGTH"),
    "label of 80": (
        v2(row(button(label="x" * 80))),
        v2(row(button(label="x" * 81))),
        "components.0.components.0.label BASE_TYPE_MAX_LENGTH",
    ),
    "custom id of 100": (
        v2(row(button(custom_id="x" * 100))),
        v2(row(button(custom_id="x" * 101))),
        "components.0.components.0.custom_id BASE_TYPE_BAD_LENGTH",
    ),
    "url of 512": (
        v2(row(button(style=5, custom_id=None, url="https://" + "x" * 504))),
        v2(row(button(style=5, custom_id=None, url="https://" + "x" * 505))),
        "components.0.components.0.url BASE_TYPE_BAD_LENGTH",
    ),
    "25 options": (v2(select(25)), v2(select(26)), "components.0.components.0.options BASE_TYPE_BAD_LENGTH"),
    "option label of 100": (
        v2(option(label="x" * 100)),
        v2(option(label="x" * 101)),
        "components.0.components.0.options.0.label BASE_TYPE_BAD_LENGTH",
    ),
    "option description of 100": (
        v2(option(description="x" * 100)),
        v2(option(description="x" * 101)),
        "components.0.components.0.options.0.description BASE_TYPE_MAX_LENGTH",
    ),
    "placeholder of 150": (
        v2(select(placeholder="x" * 150)),
        v2(select(placeholder="x" * 151)),
        "components.0.components.0.placeholder BASE_TYPE_MAX_LENGTH",
    ),
    "a select alone in its row": (
        v2(row(*select(1)["components"])),
        v2(row(*select(1)["components"], button())),
        "components.0.components COMPONENT_LAYOUT_WIDTH_EXCEEDED",
    ),
}


@pytest.mark.parametrize(("allowed", "too_much", "field"), V2_CASES.values(), ids=V2_CASES)
def test_components_v2(allowed, too_much, field):
    assert refusal_of(allowed) == []
    assert field in refusal_of(too_much)


def embed(**changes) -> dict:
    return {"embeds": [{"title": "t"} | changes]}


def entries(count: int, length: int = 1) -> list[dict]:
    return [{"name": "n", "value": "x" * length}] * count


def rows(count: int) -> dict:
    return v2(*(row(button(custom_id=str(number))) for number in range(count)))


def footer(length: int) -> dict:
    return embed(footer={"text": "x" * length})


def long_embeds(*lengths: int) -> dict:
    return {"embeds": [{"description": "x" * length} for length in lengths]}


def files(count: int) -> dict:
    return {"attachments": [{"id": "0"}] * count}


LEGACY_CASES = {
    "content of 2,000": ({"content": "x" * 2000}, {"content": "x" * 2001}, "content BASE_TYPE_MAX_LENGTH"),
    "five rows": (rows(5), rows(6), "components BASE_TYPE_MAX_LENGTH"),
    "rows only": (v2(buttons(1)), v2(text(1)), "components.0 UNION_TYPE_CHOICES"),
    "10 embeds": ({"embeds": [{}] * 10}, {"embeds": [{}] * 11}, "embeds BASE_TYPE_MAX_LENGTH"),
    "embed title of 256": (embed(title="x" * 256), embed(title="x" * 257), "embeds.0.title BASE_TYPE_MAX_LENGTH"),
    "embed text of 4,096": (long_embeds(4096), long_embeds(4097), "embeds.0.description BASE_TYPE_MAX_LENGTH"),
    "footer of 2,048": (footer(2048), footer(2049), "embeds.0.footer.text BASE_TYPE_MAX_LENGTH"),
    "25 fields": (embed(fields=entries(25)), embed(fields=entries(26)), "embeds.0.fields BASE_TYPE_MAX_LENGTH"),
    "field of 1,024": (
        embed(fields=entries(1, 1024)),
        embed(fields=entries(1, 1025)),
        "embeds.0.fields.0.value BASE_TYPE_BAD_LENGTH",
    ),
    "6,000 in all embeds": (long_embeds(3000, 3000), long_embeds(3000, 3001), "embeds MAX_EMBED_SIZE_EXCEEDED"),
    "10 attachments": (files(10), files(11), "attachments BASE_TYPE_MAX_LENGTH"),
}


@pytest.mark.parametrize(("allowed", "too_much", "field"), LEGACY_CASES.values(), ids=LEGACY_CASES)
def test_messages_without_components_v2(allowed, too_much, field):
    assert refusal_of(allowed, NO_FLAGS) == []
    assert field in refusal_of(too_much, NO_FLAGS)


def test_a_custom_id_is_used_once():
    twice = v2(container(row(button())), row(button()))
    assert refusal_of(twice) == [
        "components.0.components.0.components.0.custom_id COMPONENT_CUSTOM_ID_DUPLICATED",
        "components.1.components.0.custom_id COMPONENT_CUSTOM_ID_DUPLICATED",
    ]


def test_errors_of_a_first_response_lie_below_data():
    with pytest.raises(Refusal) as refused:
        check_message({"content": "x" * 2001}, NO_FLAGS, root=("data",))
    assert (refused.value.status, refused.value.code, refused.value.message) == (400, 50035, "Invalid Form Body")
    assert refused_fields(refused.value.errors) == ["data.content BASE_TYPE_MAX_LENGTH"]


def test_text_of_many_bytes_breaks_discord_before_it_has_many_characters():
    assert refusal_of(v2(text(4000))) == []
    with pytest.raises(Refusal) as refused:
        check_message(v2({"type": 10, "content": "学" * 3400}), Flag.COMPONENTS_V2)
    assert refused.value.status == 500


def test_files():
    check_files([10] * 10, most=10)
    with pytest.raises(Refusal, match="413 40005"):
        check_files([11], most=10)
    with pytest.raises(Refusal, match="400 30015"):
        check_files([1] * 11, most=10)


def modal(**changes) -> dict:
    return {"title": "Feedback", "custom_id": "f", "components": [text(1)]} | changes


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": "x" * 46}, "title BASE_TYPE_BAD_LENGTH"),
        ({"components": [text(1)] * 6}, "components BASE_TYPE_BAD_LENGTH"),
        ({"components": []}, "components BASE_TYPE_REQUIRED"),
        ({"custom_id": "x" * 101}, "custom_id BASE_TYPE_BAD_LENGTH"),
    ],
)
def test_modals(changes, field):
    fine, wrong = FormErrors(), FormErrors()
    check_modal(modal(title="x" * 45, components=[text(1)] * 5), fine)
    fine.refuse()
    check_modal(modal(**changes), wrong)
    with pytest.raises(Refusal) as refused:
        wrong.refuse()
    assert refused_fields(refused.value.errors) == [field]


def test_autocomplete_takes_25_choices_of_100_characters():
    fine, wrong = FormErrors(), FormErrors()
    check_choices([{"name": "x" * 100, "value": "x" * 100}] * 25, fine)
    fine.refuse()
    check_choices([{"name": "x" * 101, "value": ""}, *[{"name": "x", "value": "x"}] * 25], wrong)
    with pytest.raises(Refusal) as refused:
        wrong.refuse()
    assert refused_fields(refused.value.errors) == [
        "choices BASE_TYPE_MAX_LENGTH",
        "choices.0.name BASE_TYPE_BAD_LENGTH",
        "choices.0.value BASE_TYPE_REQUIRED",
    ]


def command(**changes) -> dict:
    return {"name": "ask", "description": "Ask", "type": 1} | changes


def long_option(number: int) -> dict:
    choices = [{"name": "x" * 100, "value": f"{number}-{choice}".ljust(100)} for choice in range(8)]
    return {"name": f"o{number}", "description": "d", "type": 3, "choices": choices}


@pytest.mark.parametrize(
    ("commands", "field"),
    [
        ([command(name="x" * 33)], "0.name BASE_TYPE_BAD_LENGTH"),
        ([command(name="Ask")], "0.name APPLICATION_COMMAND_INVALID_NAME"),
        ([command(description="x" * 101)], "0.description BASE_TYPE_BAD_LENGTH"),
        ([command(options=[{"name": "o", "description": "d", "type": 3}] * 26)], "0.options BASE_TYPE_MAX_LENGTH"),
        ([command(), command()], "0.name APPLICATION_COMMANDS_DUPLICATE_NAME"),
        ([command(options=[long_option(number) for number in range(5)])], "0 APPLICATION_COMMAND_TOO_LARGE"),
        ([command(name=f"c{number}") for number in range(101)], " APPLICATION_COMMANDS_EXCEEDED_MAX"),
    ],
)
def test_commands(commands, field):
    check_commands([command(), command(type=3, name="Find an answer", description="")])
    with pytest.raises(Refusal) as refused:
        check_commands(commands)
    assert field in refused_fields(refused.value.errors)
