// Print the person names of every locale of @faker-js/faker as JSON; argument: path of dist/index.js.
import { pathToFileURL } from "node:url";

const { allLocales } = await import(pathToFileURL(process.argv[2]).href);

function collect(value, into) {
  if (typeof value === "string") into.add(value);
  else if (Array.isArray(value)) value.forEach((v) => collect(v, into));
  else if (value && typeof value === "object") {
    if ("value" in value && "weight" in value) into.add(value.value);
    else Object.values(value).forEach((v) => collect(v, into));
  }
}

function bySex(definition) {
  const result = {};
  for (const sex of ["female", "male", "generic"]) {
    const names = new Set();
    const part = Array.isArray(definition) ? (sex === "generic" ? definition : null) : definition?.[sex];
    if (part) collect(part, names);
    result[sex] = [...names];
  }
  return result;
}

const output = {};
for (const [locale, definition] of Object.entries(allLocales)) {
  const person = definition.person;
  if (person) output[locale] = { first: bySex(person.first_name), last: bySex(person.last_name) };
}
process.stdout.write(JSON.stringify(output));
