// What a second verifier, read from a file, says of a case.
const bytes = (encoded) => new Uint8Array(Buffer.from(encoded, "base64"));

// The function from a case to `yes` with what was found, or `no`.
export const verdictsOf = async (file) => {
  await import(file);
  const v = globalThis.verifier;
  const keys = new Map();
  const key = async (line) => keys.get(line) ?? keys.set(line, await v.key(line)).get(line);
  const checks = {
    inclusion: async ({ index, size, leaf, proof, root }) =>
      (await v.inclusion(index, size, bytes(leaf), proof.map(bytes), bytes(root)), "yes"),
    consistency: async ({ old, size, old_root, root, proof }) =>
      (await v.consistency(old, size, bytes(old_root), bytes(root), proof.map(bytes)), "yes"),
    async note({ data, log, policy }) {
      const head = await v.checkpoint(bytes(data), await key(log), policy && (await v.policy(v.utf8(policy))));
      const names = head.witnesses.map((one) => `${one.key.name}@${one.time}`);
      return ["yes", head.size, v.base64(head.root), ...names, ...(policy ? [head.isWitnessed] : [])].join(" ");
    },
    key: async ({ text }) => `yes ${(await v.key(text)).name}`,
    async policy({ text }) {
      const found = await v.policy(bytes(text));
      return `yes ${found.logs.length} ${found.witnesses.length} ${found.groups.length} ${found.quorum}`;
    },
    async tree({ size, root, files }) {
      const read = async (path) => (files[path] === undefined ? null : bytes(files[path]));
      return `yes ${(await v.tree(size, bytes(root), read)).length}`;
    },
    async derive({ index, size, files }) {
      const read = async (path) => (files[path] === undefined ? null : bytes(files[path]));
      return ["yes", ...(await v.derive(index, size, read)).map(v.base64)].join(" ");
    },
    async saved({ edition, proof, log }) {
      const found = await v.saved(bytes(edition), bytes(proof), await key(log));
      return `yes ${found.index} ${found.entry.id} ${found.edition.texts.size}`;
    },
  };
  return (one) =>
    checks[one.check](one).catch((error) => (error instanceof v.Refused ? "no" : `fault ${error}`));
};
