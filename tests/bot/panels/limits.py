"""Discord's limits, held against a panel."""

import re

from bot.panels.components import Panel, Rule, Select
from bot.panels.custom_ids import MAX_ID_LENGTH, read_id
from bot.rendering.blocks import ImageBlock, TextBlock
from bot.rendering.limits import ALT_TEXT, MESSAGE_COMPONENTS, MESSAGE_FILES, MESSAGE_TEXT, text_length

PING = re.compile(r"@everyone|@here|<@&?!?\d|<#\d|</\w")


def problems(panel: Panel) -> list[str]:
    """What Discord would not accept about a panel; nothing if all is well. Our own words may mention, in `above`."""
    texts = [part.markdown for part in panel.body if isinstance(part, TextBlock)]
    found = []
    total = sum(map(text_length, texts)) + text_length(panel.above)
    if total > MESSAGE_TEXT:
        found.append(f"{total} characters")
    if not texts or not all(text.strip() for text in texts):
        found.append("an empty text, or none")
    components = 1 + bool(panel.above) + len(panel.body) + len(panel.images)  # the frame; each picture in a gallery
    components += sum(1 + (1 if isinstance(row, Select) else len(row)) for row in panel.rows)
    if components > MESSAGE_COMPONENTS:
        found.append(f"{components} components")
    if len(panel.images) > MESSAGE_FILES or len({image.name for image in panel.images}) != len(panel.images):
        found.append("too many pictures, or two of one name")
    found += [f"alt text of {image.name}" for image in panel.images if not 0 < text_length(image.alt) <= ALT_TEXT]
    if any(text.count("```") % 2 for text in texts):
        found.append("an open fence")
    if any(PING.search(re.sub(r"```.*?```|`[^`]*`", "", text, flags=re.DOTALL)) for text in texts):
        found.append("a ping")
    assert all(isinstance(part, TextBlock | ImageBlock | Rule) for part in panel.body)
    return found + _row_problems(panel)


def _row_problems(panel: Panel) -> list[str]:
    found, ids = [], []
    for row in panel.rows:
        if isinstance(row, Select):
            ids.append(row.custom_id)
            values = [option.value for option in row.options]
            lengths = [text_length(text) for each in row.options for text in (each.label, each.value, each.description)]
            if not 1 <= len(values) <= 25 or len(set(values)) != len(values) or max(lengths) > 100:
                found.append(f"options {row.options}")
            if not all(option.label.strip() for option in row.options) or text_length(row.placeholder) > 150:
                found.append(f"a label or placeholder of {row.custom_id}")
            continue
        if not 1 <= len(row) <= 5:
            found.append(f"{len(row)} buttons in a row")
        ids += [button.custom_id for button in row]
        found += [f"label {button.label!r}" for button in row if not 1 <= text_length(button.label) <= 80]
    if len(set(ids)) != len(ids) or any(len(each) > MAX_ID_LENGTH for each in ids):
        found.append(f"ids {ids}")
    for each in ids:
        read_id(each)
    return found


def labels(panel: Panel) -> list[str]:
    """What can be pressed, row by row; a select by its placeholder, a disabled button in parentheses."""
    shown = []
    for row in panel.rows:
        if isinstance(row, Select):
            shown.append(f"{row.placeholder} ▾")
        else:
            shown += [f"({each.label})" if each.is_disabled else each.label for each in row]
    return shown


def text(panel: Panel) -> str:
    """All texts below each other."""
    return "\n".join([panel.above, *(part.markdown for part in panel.body if isinstance(part, TextBlock))]).strip()
