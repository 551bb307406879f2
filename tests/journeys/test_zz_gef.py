import pytest
pytestmark = [pytest.mark.browser]
def test_x(site, new_page, log_in):
    number, _ = site.arrange("tests.factories.arrangements:states")
    page = new_page(java_script_enabled=False)
    log_in("alma", at=page)
    page.goto(f"/akten/{number}/kontakte/")
    page.locator("#contact [name=kind][value=TALK]").check()
    page.locator("#contact [name=outcome][value=MET]").check()
    page.locator("main").get_by_role("button", name="Speichern", exact=True).click()
    page.wait_for_timeout(3000)
    print("TEXT", page.url, page.title(), page.inner_text("body")[:3000])
    page.screenshot(path="/tmp/gef/zz.png", full_page=True)
    page.set_viewport_size({"width":390,"height":844})
    page.goto(f"/akten/{number}/aufnahmebogen/")
    print(page.evaluate("""()=>[...document.querySelectorAll('main *')].filter(e=>e.getBoundingClientRect().right>391).map(e=>e.tagName+'.'+e.className+' '+e.textContent.slice(0,60)).slice(0,12)"""))
    assert 0
