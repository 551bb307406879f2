/* Connects the buttons of the log-in pages with allauth's passkey code; says in words when the browser refuses. */
(function () {
  const NAMES = { loginForm: 'login', authenticateForm: 'authenticate', signupForm: 'signup' }

  document.addEventListener('DOMContentLoaded', function () {
    document.querySelectorAll('[data-passkey]').forEach(function (button) {
      const kind = button.dataset.passkey
      const ids = { credential: button.dataset.credential, data: 'js_data' }
      ids[NAMES[kind]] = button.id
      window.allauth.webauthn.forms[kind]({ ids })
    })
  })

  document.addEventListener('allauth.error', function (event) {
    event.preventDefault()
    document.querySelectorAll('[data-passkey-error]').forEach(function (note) { note.hidden = false })
  })
})()
