// The fields of a form as a draft keeps them: name → value, an unticked box is empty. Boxes that share a name are kept
// each by itself, as "name=value". In a form marked data-whole hidden fields belong to what is written, and what this
// page has no field for is kept in hidden ones until it is sent.

const NEVER = "[type=password], [type=file], [type=submit]";
const OURS = ["csrfmiddlewaretoken", "draft_revision", "draft_aside"];
const isOption = (field) => field.type === "checkbox" || field.type === "radio";
const isWhole = (form) => "whole" in form.dataset;

function fieldsOf(form) {
  const never = isWhole(form) ? NEVER : `${NEVER}, [type=hidden]`;
  const fields = [...form.querySelectorAll(`textarea, select, input:not(${never})`)];
  return fields.filter(({ name }) => name && !OURS.includes(name));
}

function keysOf(fields) {
  const boxes = fields.filter(({ type }) => type === "checkbox");
  const isShared = ({ name }) => boxes.filter((box) => box.name === name).length > 1;
  return fields.map((field) => (boxes.includes(field) && isShared(field) ? `${field.name}=${field.value}` : field.name));
}

export function read(form) {
  const values = {};
  const fields = fieldsOf(form);
  keysOf(fields).forEach((key, place) => {
    const field = fields[place];
    if (!isOption(field)) values[key] = field.value;
    else if (field.checked) values[key] = field.value;
    else values[key] ??= "";
  });
  return values;
}

export function fill(form, values) {
  const fields = fieldsOf(form);
  keysOf(fields).forEach((key, place) => {
    if (!(key in values)) return;
    const field = fields[place];
    if (isOption(field)) field.checked = field.value === values[key];
    else field.value = values[key];
  });
  if (isWhole(form)) form.append(...missing(form, values).map((name) => hidden(name, values[name])));
  form.dispatchEvent(new CustomEvent("draft:restored", { bubbles: true }));
}

/** The names of what is written for which the form has no field. */
export function missing(form, values) {
  const keys = new Set(keysOf(fieldsOf(form)));
  return Object.keys(values).filter((name) => values[name] && !keys.has(name));
}

export const isSame = (one, other) => {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => (one[name] ?? "") === (other[name] ?? ""));
};

const hidden = (name, value) => Object.assign(document.createElement("input"), { type: "hidden", name, value });
