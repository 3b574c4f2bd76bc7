// Sends what is behind the # of a connect link in a form. The browser forgets this page, so that "Back" does not end here.
const form = document.querySelector('form');
const open = () => {
  const secret = location.hash.slice(1);
  if (secret === '') return;
  form.elements.link.value = secret;
  form.submit();
};
addEventListener('hashchange', open);
open();
