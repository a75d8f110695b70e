"""The dashboard and the alert rules name metrics, labels and values that really exist."""

from __future__ import annotations

import json
import re
from pathlib import Path

import promql_parser
import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from bot.monitoring.metrics import Metrics
from bot.monitoring.state import BotState, IndexState, QueueState

DEPLOY = Path(__file__).parents[2] / "deploy"
DASHBOARD = json.loads((DEPLOY / "grafana" / "quicktakes.json").read_text(encoding="utf-8"))
RULES = [
    rule
    for group in yaml.safe_load((DEPLOY / "prometheus" / "alerts.yml").read_text(encoding="utf-8"))["groups"]
    for rule in group["rules"]
]
OF_PROMETHEUS = {"job", "instance", "le"}  # labels that it adds by itself, and that of buckets
UP = "up"  # its own metric


def expressions() -> list[tuple[str, str]]:
    """Every expression, under the title of its panel or the name of its alert."""
    shown = [(panel["title"], each["expr"]) for panel in DASHBOARD["panels"] for each in panel.get("targets", ())]
    return [*shown, *((rule["alert"], rule["expr"]) for rule in RULES)]


@pytest.fixture(scope="module")
def existing() -> dict[str, dict[str, set[str]]]:
    """Every series of a bot: its name, its labels and their values."""
    metrics = Metrics()
    metrics.state = lambda: BotState(
        gateway_latency=0.1, index=IndexState("g", 1.0, 1, is_substitute=False), queue=QueueState(0, 1)
    )
    # Linux alone has these; what they are called is the library's to say.
    found: dict[str, dict[str, set[str]]] = {"process_resident_memory_bytes": {}, "process_cpu_seconds_total": {}}
    for family in text_string_to_metric_families(metrics.exposition()[0].decode()):
        for sample in family.samples:
            labels = found.setdefault(sample.name, {})
            for name, value in sample.labels.items():
                labels.setdefault(name, set()).add(value)
    return found


def parsed(expression: str) -> promql_parser.Expr:
    return promql_parser.parse(expression.replace("$__rate_interval", "5m").replace("$instance", ".*"))


def problems(expression: str, existing: dict[str, dict[str, set[str]]]) -> list[str]:
    """What an expression names that no bot has."""
    found: list[str] = []
    grouped: set[str] = set()
    known: set[str] = set(OF_PROMETHEUS)

    def look(node: promql_parser.Expr) -> None:
        if isinstance(node, promql_parser.AggregateExpr) and node.modifier is not None:
            grouped.update(node.modifier.labels)
        if not isinstance(node, promql_parser.VectorSelector) or node.name == UP:
            return
        if node.name not in existing:
            found.append(f"metric {node.name}")
            return
        labels = existing[node.name]
        known.update(labels)
        for matcher in node.matchers.matchers:
            if matcher.name not in labels.keys() | OF_PROMETHEUS:
                found.append(f"label {matcher.name} of {node.name}")
            elif matcher.name in labels:
                missing = set(matcher.value.split("|")) - labels[matcher.name]
                found.extend(f"value {value} of {node.name}.{matcher.name}" for value in sorted(missing))

    promql_parser.walk(parsed(expression), look)
    return found + [f"label {label}" for label in sorted(grouped - known)]


@pytest.mark.parametrize(("name", "expression"), expressions())
def test_an_expression_names_what_exists(name, expression, existing):
    assert problems(expression, existing) == [], name


@pytest.mark.parametrize(
    ("expression", "problem"),
    [
        ("rate(quicktakes_questions_total[5m])", "metric quicktakes_questions_total"),
        ('quicktakes_asked_total{place="ask"}', "label place of quicktakes_asked_total"),
        ('quicktakes_asked_total{outcome="broken"}', "value broken of quicktakes_asked_total.outcome"),
        ("sum by (stage) (quicktakes_asked_total)", "label stage"),
    ],
)
def test_what_does_not_exist_is_noticed(expression, problem, existing):
    assert problems(expression, existing) == [problem]


def test_legends_and_texts_name_labels_of_their_series(existing):
    for panel in DASHBOARD["panels"]:
        for target in panel.get("targets", ()):
            names = re.findall(r"quicktakes_\w+|process_\w+", target["expr"])
            labels = {label for name in names for label in existing[name]} | OF_PROMETHEUS
            assert set(re.findall(r"\{\{(\w+)\}\}", target["legendFormat"])) <= labels, panel["title"]


def test_the_instances_to_choose_from_are_those_of_a_metric_that_exists(existing):
    chosen = next(each for each in DASHBOARD["templating"]["list"] if each["name"] == "instance")
    assert re.fullmatch(r"label_values\((\w+), instance\)", chosen["query"])[1] in existing


def test_every_metric_of_ours_is_on_the_dashboard(existing):
    shown = {name for _, expression in expressions() for name in re.findall(r"quicktakes_\w+", expression)}
    stems = {re.sub(r"_(bucket|sum|count|created|total)$", "", name) for name in shown}
    ours = {re.sub(r"_(bucket|sum|count|created|total)$", "", name) for name in existing if name.startswith("quick")}
    assert ours - stems == set()


def test_alerts_are_named_once_and_say_what_to_do():
    names = [rule["alert"] for rule in RULES]
    assert len(names) == len(set(names))
    for rule in RULES:
        assert rule["labels"]["severity"] in {"page", "ticket"}
        assert rule["annotations"]["summary"]
        assert rule["annotations"]["description"]
        assert "for" not in rule or promql_parser.parse_duration(rule["for"]).total_seconds() > 0


def test_panels_do_not_overlap():
    taken: set[tuple[int, int]] = set()
    for panel in DASHBOARD["panels"]:
        at = panel["gridPos"]
        cells = {(x, y) for x in range(at["x"], at["x"] + at["w"]) for y in range(at["y"], at["y"] + at["h"])}
        assert not cells & taken, panel["title"]
        assert all(x < 24 for x, _ in cells)
        taken |= cells
