// A plain script, as it was written before there were modules: tabs that are shown and hidden, and single keys that do things.
(function ($) {
  $(function () {
    var panel = document.createElement("ocp-log-backup-panel");
    $(panel).attr({ "cluster-id": "1000005", "page-size": "5", "page-sizes": "5,20" });
    panel.headers = function () { return $.Deferred().resolve({ Authorization: "Bearer token-of-the-console" }).promise(); };
    $(panel).on("ocp-data-load", function (event) {
      var detail = event.originalEvent.detail;
      $("output").text(detail.clusterId + ": " + detail.tones.critical + " critical of " + detail.tasks);
    });
    $(panel).on("ocp-row-activate", function (event) {
      event.preventDefault();
      $("h2").text("Tenant " + event.originalEvent.detail.tenantName);
    });
    $("#backup").append(panel);
    // The module is loaded by a script element: the browsers that have no modules leave it.
    $("head")[0].appendChild($.extend(document.createElement("script"), { type: "module", src: "/examples/jquery/dist/log-backup/ocp-log-backup-panel.js" }));

    $("select").on("change", function () { $(panel).attr("cluster-id", $(this).val()); });
    $(".tabs button").on("click", function () {
      $("#backup, #cluster").hide();
      $($(this).data("tab")).show();
    });
    $(document).on("keydown", function (event) {
      if (event.key === "d") document.body.dataset.deleted = "yes";
    });
  });
}(jQuery));
