// Tells the portal that its editor has asked, and was answered with yes, whether the newer version of
// somebody else may be replaced. See editorial/conflicts.py.
document.addEventListener(
  "w-dialog:confirmed",
  (event) => {
    if (event.target.id !== "w-save-confirmation-dialog") return;
    if (!document.querySelector("[data-w-session-intercept-value=conflict]")) return;
    const answer = document.createElement("input");
    Object.assign(answer, { type: "hidden", name: "replace-newer-version", value: "yes" });
    document.querySelector("form[data-edit-form]").append(answer);
  },
  true,
);
