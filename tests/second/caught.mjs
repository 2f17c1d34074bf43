// Does each of these verifiers say something else than is due? `caught` or `missed`, a line each.
// On standard input a line for each case: the case and its verdict. A verifier is asked until it differs once.
import { readFileSync } from "node:fs";
import { verdictsOf } from "./checks.mjs";

const due = readFileSync(0, "utf8").split("\n").filter(Boolean).map(JSON.parse);

const differs = async (file) => {
  try {
    const verdict = await verdictsOf(file);
    for (const [one, said] of due) if ((await verdict(one)) !== said) return true;
    return false;
  } catch {
    return true; // it breaks down, or cannot even be loaded
  }
};

for (const file of process.argv.slice(2)) console.log((await differs(file)) ? "caught" : "missed");
