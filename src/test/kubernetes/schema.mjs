// Validates manifests against the API: its types (no field may be unknown, as with "kubectl apply --validate=strict"), and
// constraints that types cannot express, such as patterns and ranges.
import ts from 'typescript';

const MODULES = [
  ['kubernetes-models/v1', 'v1'],
  ['kubernetes-models/apps/v1', 'apps/v1'],
  ['kubernetes-models/autoscaling/v2', 'autoscaling/v2'],
  ['kubernetes-models/networking.k8s.io/v1', 'networking.k8s.io/v1'],
  ['kubernetes-models/policy/v1', 'policy/v1'],
  ['@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1', 'gateway.networking.k8s.io/v1'],
  ['@kubernetes-models/keda/keda.sh/v1alpha1', 'keda.sh/v1alpha1'],
  ['@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1', 'monitoring.coreos.com/v1'],
];
const moduleOf = Object.fromEntries(MODULES.map(([module, apiVersion]) => [apiVersion, module]));

// The violations of each manifest, as sentences.
export async function faults(manifests) {
  const all = manifests.map(() => []);
  for (const [i, { apiVersion, kind, ...rest }] of manifests.entries()) {
    const model = moduleOf[apiVersion] && (await import(moduleOf[apiVersion]))[kind];
    if (!model) {
      all[i].push(`there is no kind ${kind} in ${apiVersion}`);
      continue;
    }
    try {
      new model(rest).validate();
    } catch (e) {
      all[i].push(e.message);
    }
  }
  const known = manifests.map((manifest, i) => ({ manifest, i })).filter(({ i }) => !all[i].some((it) => it.startsWith('there is no')));
  for (const { i, message } of typeFaults(known)) {
    all[i].push(message);
  }
  return all;
}

// The manifest as an object literal, because the compiler refuses unknown fields only in literals.
function typeFaults(manifests) {
  const files = new Map(manifests.map(({ manifest, i }) => [
    `manifest${i}.ts`,
    `import type { I${manifest.kind} } from '${moduleOf[manifest.apiVersion]}';\n`
      + `export const manifest: I${manifest.kind} = ${JSON.stringify(manifest, null, 1)};\n`,
  ]));
  const options = {
    strict: true, noEmit: true, skipLibCheck: true, types: [], target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler,
  };
  const host = ts.createCompilerHost(options);
  const here = import.meta.dirname;
  host.getCurrentDirectory = () => here;
  const text = (path) => files.get(path.startsWith(here) ? path.slice(here.length + 1) : path);
  const { getSourceFile, fileExists, readFile } = host;
  host.getSourceFile = (path, ...rest) => text(path) === undefined
    ? getSourceFile.call(host, path, ...rest)
    : ts.createSourceFile(path, text(path), options.target);
  host.fileExists = (path) => text(path) !== undefined || fileExists.call(host, path);
  host.readFile = (path) => text(path) ?? readFile.call(host, path);
  const program = ts.createProgram([...files.keys()], options, host);
  return ts.getPreEmitDiagnostics(program).map((diagnostic) => {
    const message = ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ');
    const i = Number(diagnostic.file?.fileName.match(/manifest(\d+)\.ts$/)?.[1] ?? NaN);
    if (Number.isNaN(i)) {
      throw new Error(`the compiler cannot read the types: ${diagnostic.file?.fileName} ${message}`);
    }
    const { line } = diagnostic.file.getLineAndCharacterOfPosition(diagnostic.start);
    return { i, message: `${diagnostic.file.text.split('\n')[line].trim()} ${message}` };
  });
}
