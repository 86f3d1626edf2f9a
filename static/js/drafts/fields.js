// The fields of a form as a draft keeps them: name → value, an unticked box is empty.

const KEPT = "textarea, select, input:not([type=hidden], [type=password], [type=file], [type=submit])";
const isOption = (field) => field.type === "checkbox" || field.type === "radio";
const fieldsOf = (form) => [...form.querySelectorAll(KEPT)].filter((field) => field.name);

export function read(form) {
  const values = {};
  for (const field of fieldsOf(form)) {
    if (!isOption(field)) values[field.name] = field.value;
    else if (field.checked) values[field.name] = field.value;
    else values[field.name] ??= "";
  }
  return values;
}

export function fill(form, values) {
  for (const field of fieldsOf(form)) {
    if (!(field.name in values)) continue;
    if (isOption(field)) field.checked = field.value === values[field.name];
    else field.value = values[field.name];
  }
  form.dispatchEvent(new CustomEvent("draft:restored", { bubbles: true }));
}

export const isSame = (one, other) => {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => (one[name] ?? "") === (other[name] ?? ""));
};
