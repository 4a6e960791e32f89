// Angular with zone.js, which wraps `fetch`, promises, timers and listeners. A decorator is a function: called as one, it needs no compiler, and this page no
// build of Angular's own. (Templates are compiled in the browser, which takes 'unsafe-eval' in the policy; Angular's CLI compiles them ahead.)
import "zone.js";
import "@angular/compiler";
import "ocp-log-backup-panel";
import { Component, CUSTOM_ELEMENTS_SCHEMA, provideZoneChangeDetection } from "@angular/core";
import { bootstrapApplication } from "@angular/platform-browser";

class Console {
  cluster = "1000005";
  sizes = [5, 20];
  verdict = "…";
  tenant = "";
  headers = async () => ({ Authorization: "Bearer token-of-the-console" });

  loaded({ detail }) {
    this.verdict = `${detail.clusterId}: ${detail.tones.critical} critical of ${detail.tasks}`;
  }

  activate(event) {
    event.preventDefault();
    this.tenant = event.detail.tenantName;
  }
}

const Root = Component({
  selector: "console-root",
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <label>Cluster <select (change)="cluster = $any($event.target).value"><option>1000005</option><option>1000006</option><option>1000007</option></select></label>
    <output>{{ verdict }}</output>
    @if (tenant) { <h2>Tenant {{ tenant }}</h2> }
    <ocp-log-backup-panel
      [clusterId]="cluster"
      [pageSize]="5"
      [pageSizes]="sizes"
      [headers]="headers"
      (ocp-data-load)="loaded($event)"
      (ocp-row-activate)="activate($event)"
    />`,
})(Console);

bootstrapApplication(Root ?? Console, { providers: [provideZoneChangeDetection()] });
