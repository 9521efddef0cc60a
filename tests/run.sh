#!/bin/sh
# Both databases: `sh tests/run.sh "<marker expression>"`. PostgreSQL and the browser take part when they are found;
# TANGGAP_TEST_REQUIRE=postgres,browser makes their absence a failure.
set -u
pytest=".venv/bin/python -m pytest -q -n ${TANGGAP_TEST_WORKERS:-2} --dist loadgroup"
result=0

run() { # exit code 5 is "no test chosen", which is no failure
    $pytest "$@" || { code=$?; [ "$code" -eq 5 ] || result=$code; }
}

if .venv/bin/python -m tests.harness.postgres --found; then
    run --database postgres -m "($1) and not browser and (not tree or both) and not sqlite"
else
    case ",${TANGGAP_TEST_REQUIRE:-}," in
        *,postgres,*) echo "PostgreSQL is required and was not found." >&2; exit 1 ;;
    esac
    echo "PostgreSQL was not found: its half of the tests is left out." >&2
fi
run --database sqlite -m "($1) and not postgres"
exit $result
