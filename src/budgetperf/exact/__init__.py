"""Exact numbers: rounding, intervals, quantities, printed figures. Knows nothing of budgets."""

from __future__ import annotations

from .absent import Missing, MissingReason, Place, Undefined, UndefinedReason
from .figure import Figure, Stated, common_interval, parse_figure, share_precision
from .interval import Interval
from .number import ExactInput, decimal_text, fixed_text, to_exact
from .printed import Operator, PrintedNumber, blank_reason, fold_width, parse_number, plain_text
from .quantities import Amount, Count, Points, Quantity, Rate, quotient
from .rounding import RoundingMode, cell, round_to, unit_in_last_place
from .text import (
    COLON,
    COMMA,
    LIST,
    NO_WORDS,
    SEMICOLON,
    BudgetperfDeprecationWarning,
    BudgetperfError,
    FloatRefusedError,
    Labelled,
    MissingExtraError,
    NotFoundError,
    Problem,
    ProblemsError,
    Text,
    WrongTypeError,
    ZeroDivisorError,
    columns,
    in_brackets,
    padded,
)
from .unit import MONEY, NUMBER, RATIO, Unit
from .written import refusal as refusal  # plugs itself in

__all__ = [
    "COLON",
    "COMMA",
    "LIST",
    "MONEY",
    "NO_WORDS",
    "NUMBER",
    "RATIO",
    "SEMICOLON",
    "Amount",
    "BudgetperfDeprecationWarning",
    "BudgetperfError",
    "Count",
    "ExactInput",
    "Figure",
    "FloatRefusedError",
    "Interval",
    "Labelled",
    "Missing",
    "MissingExtraError",
    "MissingReason",
    "NotFoundError",
    "Operator",
    "Place",
    "Points",
    "PrintedNumber",
    "Problem",
    "ProblemsError",
    "Quantity",
    "Rate",
    "RoundingMode",
    "Stated",
    "Text",
    "Undefined",
    "UndefinedReason",
    "Unit",
    "WrongTypeError",
    "ZeroDivisorError",
    "blank_reason",
    "cell",
    "columns",
    "common_interval",
    "decimal_text",
    "fixed_text",
    "fold_width",
    "in_brackets",
    "padded",
    "parse_figure",
    "parse_number",
    "plain_text",
    "quotient",
    "round_to",
    "share_precision",
    "to_exact",
    "unit_in_last_place",
]
