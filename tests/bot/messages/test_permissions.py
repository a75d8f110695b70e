"""Permissions are named as Discord's own clients name them."""

from __future__ import annotations

import discord
import pytest

from bot.client.client import PERMISSIONS
from bot.messages.catalogue import LANGUAGES, Messages

NEEDED = ("view_channel", "send_messages", "send_messages_in_threads", "attach_files", "read_message_history")


def test_these_are_the_permissions_that_the_bot_needs():
    assert discord.Permissions(**dict.fromkeys(NEEDED, True)) == PERMISSIONS


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_permission_that_the_bot_needs_has_a_name(language):
    messages = Messages(language)
    names = [messages.permission(name) for name in NEEDED]
    assert len(set(names)) == len(NEEDED)
    english = [Messages("en").permission(name) for name in NEEDED]
    assert language == "en" or not set(names) & set(english)


def test_a_permission_without_a_name_is_named_in_english():
    assert Messages("de").permission("use_external_apps") == "Use External Apps"
    assert Messages("de").permission("attach_files") == "Dateien anhängen"
