"""What a member's client shows and lets them send: commands where they may be used, buttons that can be pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.discord_double.components import walk
from tests.discord_double.interaction_payloads import context_of, owners_of
from tests.discord_double.payloads import effective
from tests.discord_double.state import Permission

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.discord_double.refusals import Json
    from tests.discord_double.service import Service
    from tests.discord_double.state import Channel, Message, User

LONGEST_OPTION = 6000


def check_present(service: Service, user: User, place: Channel) -> None:
    """Check that a user is where they are said to be.

    Raises:
        AssertionError: They are not.
    """
    if place.guild_id:
        assert (place.guild_id, user.id) in service.world.members, f"{user.name} is not in that server"
    else:
        assert user.id in {other.id for other in place.recipients}, f"{user.name} is not in that conversation"


def offered_command(service: Service, user: User, place: Channel, kind: int, name: str) -> Json:
    """The command, if the member's client shows it there.

    Raises:
        AssertionError: It is not synced, not installed there, not for that context, or hidden from the member.
    """
    check_present(service, user, place)
    known = list(service.world.commands_for(place.guild_id))
    command = next((c for c in known if c["type"] == kind and c["name"] == name), None)
    assert command is not None, f"no command {name!r} of type {kind}; synced: {[c['name'] for c in known]}"
    owners = owners_of(service, user, place)
    installs = {str(install) for install in command["integration_types"]}
    assert installs & set(owners), f"{name!r} is for installs {installs}; there the app is installed by {owners}"
    context, allowed = context_of(service, place), command["contexts"]
    assert allowed is None or context in allowed, f"{name!r} is not offered in context {context}, only in {allowed}"
    needed = Permission(int(command["default_member_permissions"] or 0))
    if place.guild_id:
        guild = service.world.guilds[place.guild_id]
        held = effective(service.world.members[guild.id, user.id], guild)
        assert needed in held, f"{name!r} is hidden from {user.name}, who lacks {needed & ~held!r}"
    return command


def check_filled(command: Json, filled: Mapping[str, object]) -> None:
    """Check options as a client does before it sends them.

    Raises:
        AssertionError: There is no such option, a required one is missing, or a value is not allowed.
    """
    known = {option["name"]: option for option in command.get("options") or ()}
    strange = sorted(set(filled) - set(known))
    assert not strange, f"/{command['name']} has the options {sorted(known)}, not {strange}"
    for name, option in known.items():
        value = filled.get(name)
        assert name in filled or not option.get("required"), f"/{command['name']} needs {name!r}"
        if isinstance(value, dict):
            check_filled(option, value)
        elif isinstance(value, str):
            least, most = option.get("min_length") or 0, option.get("max_length") or LONGEST_OPTION
            assert least <= len(value) <= most, f"{name!r} takes {least} to {most} characters, not {len(value)}"
            values = [choice["value"] for choice in option.get("choices") or ()]
            assert not values or value in values, f"{name!r} is one of {values}, not {value!r}"


def completing_option(command: Json, filled: Mapping[str, object]) -> str:
    """The option that is being typed in, the last one filled.

    Raises:
        AssertionError: It does not complete.
    """
    name, value = list(filled.items())[-1]
    option = next((found for found in command.get("options") or () if found["name"] == name), None)
    assert option is not None, f"/{command['name']} has no option {name!r}"
    if isinstance(value, dict):
        return completing_option(option, value)
    assert option.get("autocomplete"), f"{name!r} of /{command['name']} does not complete"
    return name


def seen(service: Service, user: User, message: Message) -> Message:
    """The message as it stands.

    Raises:
        AssertionError: It is gone, not for this user's eyes, or still loading.
    """
    current = service.world.messages.get(message.id)
    assert current is not None, "the message is deleted"
    assert current.visible_to is None or current.visible_to.id == user.id, f"{user.name} does not see that message"
    assert not current.loading, "the message is still loading"
    return current


def control(message: Message, kind: int, named: str) -> Json:
    """A button or a select of a message, by custom id, label or placeholder.

    Raises:
        AssertionError: There is none of that name, or it is disabled.
    """
    controls = [found for found in message.controls() if found["type"] == kind]
    for key in ("custom_id", "label", "placeholder"):
        for found in controls:
            if found.get(key) == named:
                assert not found.get("disabled"), f"{named!r} is disabled"
                return found
    offered = [found.get("label") or found.get("placeholder") or found.get("custom_id") for found in controls]
    raise AssertionError(f"the message has {offered}, not {named!r}")


def chosen_values(select: Json, values: Sequence[str]) -> list[str]:
    """The values of the options that a member chooses, named by value or by label.

    Raises:
        AssertionError: There are no such options, or too few or too many are chosen.
    """
    named = {option["label"]: option["value"] for option in select["options"]}
    named |= {option["value"]: option["value"] for option in select["options"]}
    strange = [value for value in values if value not in named]
    assert not strange, f"the select offers {list(named)}, not {strange}"
    least, most = select["min_values"], select["max_values"]
    assert least <= len(values) <= most, f"the select takes {least} to {most} values, not {len(values)}"
    return [named[value] for value in values]


def check_inputs(modal: Json, values: Mapping[str, object]) -> None:
    """Check what is typed into a modal, by custom id.

    Raises:
        AssertionError: There is no such input, or a text is too long or too short for it.
    """
    inputs = {found["custom_id"]: found for found in walk(modal["components"]) if "custom_id" in found}
    strange = sorted(set(values) - set(inputs))
    assert not strange, f"the modal has the inputs {sorted(inputs)}, not {strange}"
    for name, value in values.items():
        least, most = inputs[name].get("min_length") or 0, inputs[name].get("max_length") or 4000
        assert not isinstance(value, str) or least <= len(value) <= most, f"{name!r} takes {least} to {most} characters"
