"""The shapes of the generator by their names: how things are printed, and what is printed."""

from __future__ import annotations

from budgetperf import rulesets

__all__ = ["SHAPES"]

_MONEY = """
a budget of 0
a negative category
amounts in 亿元
amounts next to a limit
amounts in 元
amounts in 万元
amounts in 千元
amounts in 百万元
amounts with 1 places
amounts with 2 places
amounts with 3 places
amounts with 4 places
amounts with 6 places
bare rates
blocks differ in places
full-width digits
full-width rates
hidden cells
negative adjustments
negative amounts
negative sources
no execution rate
no funding block
no sources
parts above the whole
rates with 0 places
rates with 1 places
rates with 2 places
rates with 3 places
rates with 4 places
some categories left out
some of the three public expenses left out
some sources left out
some sources of projects left out
source rows repeat weight and score
sources in another order
sources in another unit
sources of 0 left out
sources of another name
the text in round amounts
the unit in the heading
thousands set apart
two divisions of one total
two sources of one kind
whole amounts
zeros left out
"""
_INDICATORS = """
a target of 0
actual values in another unit
bare fractions beside targets in percent
counts with and without units
days and ranges for targets
counts without a unit
deviations without their sign
deviations: points
deviations: relative-to-actual
deviations: relative-to-target
empty level-1 rows
equal weights
far above the target
hidden targets
hidden weights
indicators in another order
level-2 cells left out
many indicators
values next to a limit
negative targets or actual values
no column of actual
no column of score
no column of target
no column of weight
no target
nothing reached
one name twice under one heading
one name under two headings
rows that do not apply
rules printed beside rows
several words for people
strict operators
targets in words
targets that are days
targets that are ranges
targets that do not apply in words
targets without an operator
weights in percent
weights with decimals
whole numbers in columns with decimals
whole percentages as actual values
"""
_HEADINGS = """
a row of the total among the indicators
heading rows with their own points
headings in their first row only
headings that are only points
points in headings rounded
points in headings with decimals
points in headings: both
points in headings: level 1
points in headings: level 2
points in headings: some
points in the first row of a heading only
subtotal rows: level 1
subtotal rows: level 2
subtotal rows: name
subtotal rows: words
"""
_SCORES = """
a cap in force
a flagged score edited by hand
a shorter total in the text
a whole total in the text
blank scores that the total includes
budget execution is not scored
execution row without a score
execution row without a weight
full marks for what does not apply
marks kept back by hand
marks lost by excess
no execution row
no rating
no total
rescaled totals
rows marked in several ways
rules for indicators of a name
scores by judgement
scores in whole points
scores rounded after they are added up
scores rounded before they are added up
scores with 1 places
scores with 2 places
scores with 3 places
scores with 4 places
the rating of the total in print
totals at the limit of a rating
"""
_WHOLE = """
department report
form only
project report
repeated figures
text only
"""

SHAPES: tuple[str, ...] = (
    *filter(None, "".join((_MONEY, _INDICATORS, _HEADINGS, _SCORES, _WHOLE)).splitlines()),
    *(f"scores by {rules.id}" for rules in rulesets),
)
