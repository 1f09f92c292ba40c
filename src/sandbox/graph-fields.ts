/** One field of a Graph `fields` parameter: `picture.type(large){url}`. */
export interface GraphField {
  name: string;
  modifiers: Record<string, string>;
  fields: GraphField[];
}

/** Graph's field expansion syntax; undefined when it does not parse. */
export function parseGraphFields(text: string): GraphField[] | undefined {
  let at = 0;
  const take = (pattern: RegExp): string | undefined => {
    const sticky = new RegExp(pattern.source, 'y');
    sticky.lastIndex = at;
    const found = sticky.exec(text)?.[0];
    if (found !== undefined) at += found.length;
    return found;
  };

  const list = (depth: number): GraphField[] | undefined => {
    const fields: GraphField[] = [];
    do {
      const name = take(/\w+/);
      if (name === undefined || depth > 4) return undefined;
      const field: GraphField = { name, modifiers: {}, fields: [] };
      while (take(/\./) !== undefined) {
        const [modifier, value] =
          take(/\w+\(\w+\)/)
            ?.slice(0, -1)
            .split('(') ?? [];
        if (modifier === undefined || value === undefined) return undefined;
        field.modifiers[modifier] = value;
      }
      if (take(/\{/) !== undefined) {
        const inner = list(depth + 1);
        if (!inner || take(/\}/) === undefined) return undefined;
        field.fields = inner;
      }
      fields.push(field);
    } while (take(/,/) !== undefined);
    return fields;
  };

  const fields = list(0);
  return at === text.length ? fields : undefined;
}
