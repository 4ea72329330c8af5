// Say it on the page when a passkey was cancelled or refused; allauth's script only logs it.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const problem = document.getElementById("passkey-problem");
  if (problem) problem.hidden = false;
});
