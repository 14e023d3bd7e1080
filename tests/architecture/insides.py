"""The contract that the built-in types cannot say: of a domain, others use queries, commands and vocabulary alone."""

from __future__ import annotations

from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class InsidesContract(Contract):
    """No module outside a domain imports one of its rooms that is not shared."""

    type_name = "insides"

    shared = fields.SetField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Return the imports that reach into a domain."""
        allowed: set[str] = self.shared  # type: ignore[assignment]
        found: list[tuple[str, str]] = []
        for module in sorted(graph.modules):
            parts = module.split(".")
            if parts[:2] != ["watchward", "domains"] or len(parts) < 4 or parts[3] in allowed:
                continue
            home = ".".join(parts[:3])
            found += [
                (importer, module)
                for importer in sorted(graph.find_modules_that_directly_import(module))
                if not f"{importer}.".startswith(f"{home}.") and importer.startswith("watchward.")
            ]
        return ContractCheck(kept=not found, metadata={"found": found})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Say which module reaches into which."""
        lines: Any = check.metadata["found"]
        for importer, module in lines:
            output.print_error(f"{importer} reaches into {module}")
