"""Run SQL statements given as JSON on standard input; print the rows of the last one as JSON."""

import json
import sys

import psycopg2


def main():
    question = json.load(sys.stdin)
    try:
        connection = psycopg2.connect(connect_timeout=10, **question["connect"])
        connection.autocommit = True
        rows = []
        with connection.cursor() as cursor:
            for statement in question["statements"]:
                cursor.execute(statement, question["values"])
                rows = cursor.fetchall() if cursor.description else []
        json.dump(rows, sys.stdout, default=str)
    except psycopg2.Error as error:
        sys.exit(str(error).strip())


if __name__ == "__main__":
    main()
