// Checks manifests: that the API takes them, that it would refuse them with any field misspelt, and that they agree
// with each other and with the service.
//
//     node manifests.mjs [rendered.yaml…]
//
// Where nothing is rendered, the files as they stand; what a component changes is not seen then.
//
// Prints what .ci/kubernetes then tries on the running service: its environment, probes and the rest, as lines for a shell.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { parse, parseAllDocuments } from 'yaml';
import { faults } from './schema.mjs';

const root = new URL('../../../', import.meta.url);
const read = (path) => readFileSync(new URL(path, root), 'utf8');
const wrong = [];
const found = (path, pattern) => {
  const [, value] = read(path).match(pattern) ?? [];
  must(value, `${path} has nothing like ${pattern}`);
  return value;
};
const must = (holds, sentence) => holds || wrong.push(sentence);
const equal = (actual, expected, sentence) => must(isDeepStrictEqual(actual, expected),
  `${sentence}: ${JSON.stringify(actual)} should be ${JSON.stringify(expected)}`);

const folder = fileURLToPath(new URL('src/main/kubernetes/', root));
checkThatNoFileIsForgotten();
const base = unrendered('kustomization.yaml');
const rendered = process.argv.slice(2).map((path) => [basename(path), documents(path)]);
const files = rendered.length > 0 ? rendered : [['src/main/kubernetes', base]];
const components = readdirSync(`${folder}components`).flatMap((name) => unrendered(`components/${name}/kustomization.yaml`));
await checkApi([['components', components], ...files]);
if (wrong.length === 0) {
  await checkThatMistakesAreSeen([...base, ...components]);
  files.forEach(([name, all]) => checkTogether(name, all));
}
if (wrong.length > 0) {
  console.error(wrong.join('\n'));
  process.exit(1);
}
printForShell(files[0][1]);

function documents(path) {
  return parseAllDocuments(readFileSync(path, 'utf8')).map((document) => {
    if (document.errors.length > 0) {
      throw new Error(`${path}: ${document.errors[0].message}`);
    }
    return document.toJS();
  });
}

// The manifests that a kustomization lists, after the two changes by Kustomize that the checks depend on.
function unrendered(kustomization) {
  const { namespace = 'content', resources, configMapGenerator = [] } = parse(readFileSync(folder + kustomization, 'utf8'));
  const all = resources.flatMap((file) => documents(`${folder}${dirname(kustomization)}/${file}`));
  const configs = configMapGenerator.map(({ name, envs, options }) => ({
    apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, labels: options.labels },
    data: Object.fromEntries(envs.flatMap((file) => [...readFileSync(folder + file, 'utf8').matchAll(/^([A-Z_]+)=(.*)$/gm)])
      .map(([, name, value]) => [name, value])),
  }));
  return [...all, ...configs].map((it) => ({ ...it, metadata: { ...it.metadata, namespace } }));
}

function checkThatNoFileIsForgotten() {
  const all = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((it) => it.isFile());
  for (const { name, parentPath } of all.filter((it) => !/^(README\.md|kustomization\.yaml)$/.test(it.name))) {
    const { resources = [], configMapGenerator = [] } = parse(readFileSync(`${parentPath}/kustomization.yaml`, 'utf8'));
    must([...resources, ...configMapGenerator.flatMap((it) => it.envs)].includes(name), `${parentPath}/${name} is in no kustomization`);
  }
}

async function checkApi(rendered) {
  for (const [name, all] of rendered) {
    const found = await faults(all);
    all.forEach((it, i) => found[i].forEach((fault) => wrong.push(`${name}, ${it.kind} ${it.metadata?.name}: ${fault}`)));
  }
}

// A check that accepts anything proves nothing: each field must be refused if its name has one more letter.
async function checkThatMistakesAreSeen(manifests) {
  const mistakes = manifests.flatMap((manifest) => fields(manifest).map((path) => ({ manifest, path })));
  const found = await faults(mistakes.map(({ manifest, path }) => misspelt(manifest, path)));
  mistakes.forEach(({ manifest, path }, i) => must(found[i].length > 0, `${manifest.kind}: ${path.join('.')}x was not refused`));
  console.error(`ok ${manifests.length} kinds, and each of ${mistakes.length} fields would be refused if it were misspelt`);
}

// All but the names that are free: labels, settings, metadata of KEDA's triggers, and resources such as cpu.
function fields(value, path = []) {
  const isFree = /^(labels|annotations|matchLabels|selector|data|requests|limits)$/.test(path.at(-1))
    && !(path.at(-1) === 'selector' && 'matchLabels' in value) || path.at(-3) === 'triggers';
  return Object.entries(value).flatMap(([name, child]) => [
    ...(Array.isArray(value) || isFree || path.length === 0 && /^(apiVersion|kind)$/.test(name) ? [] : [[...path, name]]),
    ...(child !== null && typeof child === 'object' ? fields(child, [...path, name]) : []),
  ]);
}

function misspelt(manifest, path) {
  const copy = structuredClone(manifest);
  const parent = path.slice(0, -1).reduce((value, name) => value[name], copy);
  parent[`${path.at(-1)}x`] = parent[path.at(-1)];
  delete parent[path.at(-1)];
  return copy;
}

function checkTogether(file, all) {
  const one = (kind) => {
    const found = all.filter((it) => it.kind === kind);
    must(found.length === 1, `${file}: ${found.length} of kind ${kind}, there should be one`);
    return found[0];
  };
  const ifAny = (kind, check) => all.filter((it) => it.kind === kind).forEach(check);
  const [deployment, service, config, account, claim] =
    ['Deployment', 'Service', 'ConfigMap', 'ServiceAccount', 'PersistentVolumeClaim'].map(one);
  if (wrong.length > 0) {
    return;
  }
  const pod = deployment.spec.template;
  const container = pod.spec.containers[0];
  const settings = config.data;

  all.forEach((it) => {
    equal(it.metadata.namespace, 'content', `${file}, ${it.kind}: its namespace`);
    must(it.metadata.labels?.['app.kubernetes.io/name'] === 'content-service', `${file}, ${it.kind}: no app.kubernetes.io/name`);
  });

  // Selectors and references find their targets.
  const selects = (labels, who) => must(Object.keys(labels ?? {}).length > 0
    && Object.entries(labels).every(([name, value]) => pod.metadata.labels[name] === value), `${file}: ${who} does not select the pods`);
  const ports = Object.fromEntries(container.ports.map((port) => [port.name, port.containerPort]));
  const isPort = (port, who) => must(port in ports || Object.values(ports).includes(port), `${file}: ${who} names no port of the container: ${port}`);
  selects(deployment.spec.selector.matchLabels, 'the Deployment');
  selects(service.spec.selector, 'the Service');
  pod.spec.topologySpreadConstraints.forEach((it) => selects(it.labelSelector.matchLabels, `the spread over ${it.topologyKey}`));
  selects(one('PodDisruptionBudget').spec.selector.matchLabels, 'the PodDisruptionBudget');
  const policy = one('NetworkPolicy').spec;
  selects(policy.podSelector.matchLabels, 'the NetworkPolicy');
  policy.ingress.forEach((rule) => rule.ports.forEach(({ port }) => isPort(port, 'the NetworkPolicy')));
  service.spec.ports.forEach(({ targetPort }) => isPort(targetPort, 'the Service'));
  ['startupProbe', 'livenessProbe', 'readinessProbe'].forEach((probe) => isPort(container[probe].httpGet.port, probe));
  equal(pod.spec.serviceAccountName, account.metadata.name, `${file}: the pod's account`);
  equal(container.envFrom.flatMap((it) => it.configMapRef?.name ?? []), [config.metadata.name], `${file}: the settings`);
  equal(container.envFrom.flatMap((it) => it.secretRef ?? []), [{ name: 'content-service-providers', optional: true }], `${file}: the keys of providers`);
  const volume = pod.spec.volumes.find((it) => it.persistentVolumeClaim?.claimName === claim.metadata.name);
  must(claim.spec.accessModes.includes('ReadWriteMany'), `${file}: the instances cannot share their pictures`);
  const mount = container.volumeMounts.find((it) => it.name === volume?.name);
  must(mount, `${file}: nothing mounts the claim`);
  const scalers = all.filter((it) => it.spec?.scaleTargetRef);
  must(scalers.length === 1, `${file}: ${scalers.length} autoscalers, there should be one`);
  scalers.forEach((it) => equal(it.spec.scaleTargetRef.name, deployment.metadata.name, `${file}: what ${it.kind} scales`));
  must(!('replicas' in deployment.spec), `${file}: each apply would take back what the autoscaler said`);
  ifAny('HTTPRoute', ({ spec }) => spec.rules.forEach((rule) => {
    rule.backendRefs.forEach((it) => equal([it.name, it.port], [service.metadata.name, service.spec.ports[0].port], `${file}: where the route leads`));
    equal(rule.matches.map((it) => it.path), [{ type: 'PathPrefix', value: '/api/content' }], `${file}: what the route lets in`);
  }));
  ifAny('PodMonitor', ({ spec }) => {
    selects(spec.selector.matchLabels, 'the PodMonitor');
    spec.podMetricsEndpoints.forEach(({ port }) => isPort(port, 'the PodMonitor'));
  });
  ifAny('ScaledObject', ({ spec }) => {
    const { type, metadata, authenticationRef } = spec.triggers[0];
    const key = found('src/main/java/com/kt/event/content/job/JobQueue.java', / KEY = "(.*)";/);
    equal([type, metadata.stream], ['redis-streams', key], `${file}: the queue`);
    // No consumerGroup above all, with which KEDA counts pending entries whatever else it is told.
    equal(Object.keys(metadata).sort(), ['address', 'enableTLS', 'stream', 'streamLength'], `${file}: what KEDA is told of the queue`);
    must(Number(metadata.streamLength) < Number(settings.CONTENT_WORKER_MAX_IN_FLIGHT), `${file}: more jobs for each instance than it takes`);
    const redis = new URL(settings.QUARKUS_REDIS_HOSTS);
    equal(metadata.enableTLS, String(redis.protocol === 'rediss:'), `${file}: KEDA's TLS, with Redis at ${redis}`);
    must(metadata.address.split(/[.:]/)[0] === redis.hostname.split('.')[0], `${file}: KEDA asks another Redis than ${redis}`);
    const access = all.find((it) => it.kind === 'TriggerAuthentication' && it.metadata.name === authenticationRef.name);
    const password = container.env.find((it) => it.name === 'QUARKUS_REDIS_PASSWORD').valueFrom.secretKeyRef;
    equal(access?.spec.secretTargetRef, [{ parameter: 'password', name: password.name, key: password.key }], `${file}: KEDA's password`);
  });

  // The grace period is long enough for a stop.
  const preStop = container.lifecycle.preStop.sleep.seconds;
  const grace = seconds(settings.CONTENT_WORKER_GRACE, 'CONTENT_WORKER_GRACE');
  const drain = seconds(found('src/main/resources/application.properties', /^quarkus.shutdown.timeout=(.*)$/m));
  const handBack = Number(found('src/main/java/com/kt/event/content/worker/Drain.java', /HAND_BACK_LIMIT = Duration.ofSeconds\((\d+)\)/));
  const stop = preStop + drain + grace + handBack;
  must(pod.spec.terminationGracePeriodSeconds > stop,
    `${file}: a stop takes up to ${stop} s, and is cut off after ${pod.spec.terminationGracePeriodSeconds} s`);

  // As the image is built.
  const image = (pattern) => found('src/main/docker/Dockerfile.native-micro', pattern);
  equal(String(ports.http), image(/^EXPOSE (\d+)/m), `${file}: the image's port`);
  equal(mount?.mountPath, image(/CONTENT_STORE_DIRECTORY=(\S+)/), `${file}: where the image keeps pictures`);
  equal(`${pod.spec.securityContext.runAsUser}:${pod.spec.securityContext.runAsGroup}`, image(/^USER (.*)/m), `${file}: the image's user`);

  // Pod Security Standards, "restricted", and a root file system that nobody writes.
  equal([pod.spec.securityContext.runAsNonRoot, pod.spec.securityContext.seccompProfile], [true, { type: 'RuntimeDefault' }], `${file}: the pod's security`);
  equal(container.securityContext,
    { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true }, `${file}: the container's security`);
  equal([pod.spec.automountServiceAccountToken, pod.spec.enableServiceLinks], [false, false], `${file}: tokens and links`);

  // Settings are those that are documented.
  const documented = 'src/docs/configuration.md';
  const known = new Set([...read(documented).matchAll(/^\| `([a-z.<>-]+)` \|/gm)].map(([, name]) => name.toUpperCase().replace(/[^A-Z]/g, '_')));
  must(known.size > 20, `${documented} has no table of settings`);
  [...Object.keys(settings), ...container.env.map((it) => it.name)].forEach((name) => must(known.has(name), `${file}: ${documented} has no setting ${name}`));
}

function seconds(duration, name = 'quarkus.shutdown.timeout') {
  const [, number, unit] = String(duration).match(/^(\d+)(s|m)$/) ?? [];
  must(number, `${name} is ${duration}, and not in seconds or minutes`);
  return number * (unit === 'm' ? 60 : 1);
}

function printForShell(all) {
  const container = all.find((it) => it.kind === 'Deployment').spec.template.spec.containers[0];
  Object.entries(all.find((it) => it.kind === 'ConfigMap').data).forEach(([name, value]) => console.log(`setting ${name}=${value}`));
  ['startupProbe', 'livenessProbe', 'readinessProbe'].forEach((probe) =>
    console.log(`${probe} ${container[probe].httpGet.path} ${container[probe].timeoutSeconds}`));
}
