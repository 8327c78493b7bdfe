#!/usr/bin/env bash
# Guess: where exp is a number in most lines of a log and decimal text in one, as Stream's own token endpoint writes it,
#        DuckDB reads the column as text, without quotation marks, or fails.
# Seen:  duckdb 2.0.1 makes the column JSON. Text keeps its quotation marks, so max() and ORDER BY compare the spelling: the
#        text that expires last sorts before every number, and looking for '1796000300' finds nothing.
# Why:   "when does the last token of this key expire?" decides when a key may go. One text in the log makes the answer too
#        early, without an error. Cast: max(exp::BIGINT).
set -euo pipefail
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
cd "$temporary"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check 'duckdb==2.0.1'
printf '%s\n' '{"sub":"a","exp":1796000000}' '{"sub":"b","exp":1796000100}' >numbers.jsonl
{ cat numbers.jsonl && printf '%s\n' '{"sub":"c","exp":"1796000300"}'; } >mixed.jsonl
venv/bin/python - <<'PYTHON'
import duckdb

print("duckdb", duckdb.__version__)

def ask(what, file, rest=""):
    answer = duckdb.sql(f"SELECT {what} FROM read_json('{file}.jsonl') {rest}").fetchall()[0]
    print(f"    {file}: {what} {rest} = {answer}")
    return answer

assert ask("any_value(typeof(exp)), max(exp)", "numbers") == ("BIGINT", 1796000100)
assert ask("any_value(typeof(exp)), max(exp)", "mixed") == ("JSON", "1796000100")
assert ask("sub, exp", "mixed", "ORDER BY exp") == ("c", '"1796000300"')
assert ask("count(*)", "mixed", "WHERE exp = '1796000300'") == (0,)
assert ask("max(exp::BIGINT)", "mixed") == (1796000300,)
PYTHON
