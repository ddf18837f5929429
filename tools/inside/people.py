"""People by the thousand, for tests of cost and for benchmarks."""


def new_employees(env, unit, count):
    """Return `count` employees of a unit, copied row by row in SQL: through HR a thousand take a minute."""
    model = env["hr.employee"].create(
        {"name": "Mẫu", "department_id": unit.id, "company_id": unit.company_id.id}
    )
    env.flush_all()
    count -= 1  # the one copied is one of them
    resources = _copy_rows(env, "resource_resource", model.resource_id.id, count, name="'Người ' || n")
    employees = _copy_rows(
        env,
        "hr_employee",
        model.id,
        count,
        name="'Người ' || n",
        resource_id=f"(ARRAY{resources}::int[])[n]",
        work_contact_id="NULL",
        current_version_id="NULL",
    )
    versions = _copy_rows(
        env, "hr_version", model.version_id.id, count, employee_id=f"(ARRAY{employees}::int[])[n]"
    )
    env.cr.execute(
        "UPDATE hr_employee SET current_version_id = v.id FROM hr_version v"
        " WHERE v.employee_id = hr_employee.id AND v.id = ANY(%s)",
        [versions],
    )
    env.invalidate_all()
    return model | model.browse(employees)


def _copy_rows(env, table, original, count, **values):
    """Copy a row once for each number n, with other values given as SQL; return the ids of the copies."""
    env.cr.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND column_name <> 'id'",
        [table],
    )
    columns = [name for (name,) in env.cr.fetchall()]
    copied = ", ".join(values.get(name, f"original.{name}") for name in columns)
    query = "INSERT INTO {0} ({1}) SELECT {2} FROM {0} original, generate_series(1, %s) n WHERE id = %s RETURNING id"
    env.cr.execute(query.format(table, ", ".join(columns), copied), [count, original])
    return [row[0] for row in env.cr.fetchall()]
