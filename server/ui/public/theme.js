// Sets the theme before the first paint. A file of its own, because the content security policy allows no inline script.
(function () {
  var root = document.documentElement;
  var dark = window.matchMedia('(prefers-color-scheme: dark)');
  function apply() {
    var choice = null;
    try {
      choice = localStorage.getItem('sonde.theme');
    } catch (denied) {
      choice = null;
    }
    root.dataset.theme = choice === 'dark' || choice === 'light' ? choice : dark.matches ? 'dark' : 'light';
  }
  apply();
  dark.addEventListener('change', apply);
  window.addEventListener('sonde:theme', apply);
})();
