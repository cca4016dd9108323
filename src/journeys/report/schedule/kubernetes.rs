//! A CronJob of Kubernetes whose job is an Indexed one: each index reviews one tenant, in a pod of its own, signed in as the
//! workload. Plans lie in a ConfigMap, records on a volume; the manifest holds no secret.

use super::{HOUR, Hosted, block, minute_of, yaml};
use crate::domain::connection::sign_in::SignInWay;
use crate::domain::tenants::{TenantEntry, Tenants};

/// What a cluster is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cluster {
    /// The image that holds the program.
    pub image: String,
    /// The tenants, one an index.
    pub tenants: Vec<Hosted>,
}

/// The manifest, to be applied with kubectl.
pub fn kubernetes(cluster: &Cluster) -> String {
    [ABOVE.to_owned(), account(cluster), config(cluster), VOLUME.to_owned(), cron_job(cluster)].join("---\n")
}

const ABOVE: &str = "\
# Reviews of emergency access accounts, each night, one pod a tenant. Look at it, then: kubectl apply -n NAMESPACE -f -
# * Each application trusts this service account (a federated credential whose subject is
#   system:serviceaccount:NAMESPACE:breakglass-review) and has the reading permissions of: breakglass guide registration
# * Nothing here is a secret. No pod writes to a tenant; it writes its record, on the volume.
# * A pod ends with 0 (in order), 1 (something drifted), 2 (something needs a person), 3 (nothing could be read). What is not
#   0 is a failed index: kubectl get job -l app.kubernetes.io/name=breakglass-review -o yaml names them
# * backoffLimitPerIndex needs Kubernetes 1.29 or newer.
";

/// The workload's identity; pods name the application of their tenant themselves.
fn account(cluster: &Cluster) -> String {
    let client = cluster.tenants.first().map_or("", |tenant| tenant.client_id.as_str());
    format!(
        "apiVersion: v1
kind: ServiceAccount
metadata:
  name: breakglass-review
  labels:
    app.kubernetes.io/name: breakglass-review
  annotations:
    azure.workload.identity/client-id: {client}
automountServiceAccountToken: false
",
        client = yaml(client)
    )
}

/// The tenants and their plans as files.
fn config(cluster: &Cluster) -> String {
    let plans = cluster.tenants.iter().filter_map(|tenant| {
        let plan = tenant.plan.as_ref()?;
        Some(format!("  {}.plan.toml: |2\n{}", tenant.name, block(plan, 4)))
    });
    format!(
        "apiVersion: v1
kind: ConfigMap
metadata:
  name: breakglass-review
  labels:
    app.kubernetes.io/name: breakglass-review
data:
  tenants.toml: |2
{tenants}{plans}",
        tenants = block(&tenants(cluster), 4),
        plans = plans.collect::<String>(),
    )
}

/// The file of tenants as it lies in the pod.
fn tenants(cluster: &Cluster) -> String {
    let entry = |tenant: &Hosted| TenantEntry {
        id: tenant.tenant.clone(),
        name: Some(tenant.name.clone()),
        record: format!("/records/{}", tenant.name).into(),
        plan: tenant.plan.as_ref().map(|_| format!("/config/{}.plan.toml", tenant.name).into()),
        cloud: Some(tenant.cloud.clone()),
        sign_in: Some(SignInWay::WorkloadIdentity),
        client_id: Some(tenant.client_id.clone()).filter(|id| !id.is_empty()),
        accounts: tenant.accounts.clone(),
        ..TenantEntry::default()
    };
    let all = Tenants { tenants: cluster.tenants.iter().map(entry).collect() };
    toml::to_string(&all).unwrap_or_default()
}

const VOLUME: &str = "\
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: breakglass-review-records
  labels:
    app.kubernetes.io/name: breakglass-review
spec:
  # Pods of several nodes write to it, each to the folder of its tenant. It has to know file locks.
  accessModes: [ReadWriteMany]
  resources:
    requests:
      storage: 1Gi
";

fn cron_job(cluster: &Cluster) -> String {
    let names: Vec<&str> = cluster.tenants.iter().map(|tenant| tenant.name.as_str()).collect();
    format!(
        "apiVersion: batch/v1
kind: CronJob
metadata:
  name: breakglass-review
  labels:
    app.kubernetes.io/name: breakglass-review
spec:
  schedule: {schedule}
  concurrencyPolicy: Forbid
  startingDeadlineSeconds: 3600
  successfulJobsHistoryLimit: 7
  failedJobsHistoryLimit: 7
  jobTemplate:
    metadata:
      labels:
        app.kubernetes.io/name: breakglass-review
    spec:
      # One index a tenant: {order}
      completionMode: Indexed
      completions: {count}
      parallelism: {parallel}
      backoffLimitPerIndex: 1
      activeDeadlineSeconds: 7200
      podFailurePolicy:
        rules:
          # A result is no crash: it is not tried again.
          - action: FailIndex
            onExitCodes:
              containerName: review
              operator: In
              values: [1, 2, 64]
          # A node that goes away says nothing about a tenant.
          - action: Ignore
            onPodConditions:
              - type: DisruptionTarget
                status: \"True\"
{pod}",
        schedule = yaml(&format!("{} {HOUR} * * *", minute_of(&names.concat()))),
        order =
            names.iter().enumerate().map(|(at, name)| format!("{at} {name}")).collect::<Vec<_>>().join(", "),
        count = names.len(),
        parallel = names.len().clamp(1, 4),
        pod = pod(cluster),
    )
}

fn pod(cluster: &Cluster) -> String {
    format!(
        "      template:
        metadata:
          labels:
            app.kubernetes.io/name: breakglass-review
            azure.workload.identity/use: \"true\"
        spec:
          serviceAccountName: breakglass-review
          automountServiceAccountToken: false
          restartPolicy: Never
          terminationGracePeriodSeconds: 60
          securityContext:
            runAsNonRoot: true
            runAsUser: 10001
            runAsGroup: 10001
            fsGroup: 10001
            seccompProfile:
              type: RuntimeDefault
          containers:
            - name: review
              image: {image}
              command: [breakglass]
              args: [review, --tenants, /config/tenants.toml, --only, $(TENANT_INDEX), --format, json]
              env:
                - name: TENANT_INDEX
                  valueFrom:
                    fieldRef:
                      fieldPath: \"metadata.annotations['batch.kubernetes.io/job-completion-index']\"
              resources:
                requests:
                  cpu: 50m
                  memory: 96Mi
                limits:
                  memory: 256Mi
              securityContext:
                allowPrivilegeEscalation: false
                readOnlyRootFilesystem: true
                capabilities:
                  drop: [ALL]
              volumeMounts:
                - name: config
                  mountPath: /config
                  readOnly: true
                - name: records
                  mountPath: /records
                - name: tmp
                  mountPath: /tmp
          volumes:
            - name: config
              configMap:
                name: breakglass-review
            - name: records
              persistentVolumeClaim:
                claimName: breakglass-review-records
            - name: tmp
              emptyDir:
                sizeLimit: 64Mi
",
        image = yaml(&cluster.image)
    )
}
