"""The catalogue of the rates, by id."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from .common import COMMON
from .definition import RateDefinition
from .department import DEPARTMENTS
from .project import PROJECTS

__all__ = ["catalogue"]

catalogue: Mapping[str, RateDefinition] = MappingProxyType(
    {rate.id: rate for rate in (*COMMON, *DEPARTMENTS, *PROJECTS)}
)
"""Every rate of the library by its id: those of both kinds first, then departments, projects."""
