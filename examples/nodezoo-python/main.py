import os

from cdk8s import Chart
from cdk8s_fluxcd import AppNamespace, FluxApp, FluxConfigRepository, ManifestRepository, NodezooService
from cdk8s_plus_27 import ContainerResources, Cpu, CpuResources

# What differs between environments, as code: no overlays. `ENVIRONMENT=staging` renders the other one, to branches and a
# cluster of its own.
app = FluxApp(name="nodezoo", inputs={"environment": os.environ.get("ENVIRONMENT", "production")})
environment = app.input("environment")
production = environment == "production"
size = dict(
    replicas=2 if production else 1,
    resources=ContainerResources(cpu=CpuResources(request=Cpu.millis(100 if production else 20))),
)

chart = Chart(app, "nodezoo", namespace="nodezoo")
AppNamespace(chart, "nodezoo")

config = FluxConfigRepository(chart, "config", url="https://gitlab.com/n1470/flux-config.git")
manifests = ManifestRepository(
    chart,
    "manifests",
    url="https://gitlab.com/n1470/nodezoo-k8s-manifests.git",
    clusters=[config.cluster(environment)],
)

for name in ["nodezoo-npm-service", "nodezoo-github-service", "nodezoo-info-service"]:
    branch = name if production else f"{environment}/{name}"
    delivery = manifests.branch(branch, name=name)
    NodezooService(chart, name, image=f"nodezoo/{name}:1.0.0", port=8080, delivery=delivery, **size)

app.synth()
