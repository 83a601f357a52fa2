"""A fault in the settings file, said as the faults of data files are, with its line."""

from dataclasses import dataclass

from data.contracts.problems import Problem


@dataclass(frozen=True)
class SettingProblem(Problem):
    """One fault; `row` is the line, `column` the setting as "section.setting"."""

    @property
    def place(self) -> str:
        """Where the fault is: file, line and setting, as far as they are known."""
        line = f"linje {self.row}" if self.row is not None else ""
        setting = f"»{self.column}«" if self.column else ""
        return ", ".join(part for part in (f"Filen »{self.file}«", line, setting) if part)
