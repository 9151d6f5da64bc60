"""The words that the made-up texts are put together from."""

from __future__ import annotations

NOUNS = """
anchor apple archive attic autumn bakery balance barrel basket beacon bicycle blanket bottle
branch bridge bucket budget cabin camera candle canvas carpet castle cellar chapter circle climate
coast colour compass copper corner cottage council courier cousin cradle curtain customer cycle
dancer desert diary dinner distance doctor engine evening factory farmer feather ferry field filter
finger forest fountain garden glacier glass grammar granite hammer harbour harvest helmet hill
hotel island jacket journey kettle kitchen ladder lantern letter library lighthouse market meadow
melody mirror mountain museum needle notebook number ocean orchard oven paint paper parcel pencil
pepper piano pillow planet pocket police pond prairie printer puzzle quarry radio railway recipe
report ribbon river rocket roof salad sample saddle season shadow sheep shelter signal silver
sketch stable station stone story stream summer table tailor teacher temple theatre ticket timber
tower traffic tunnel valley village violin wagon water weather window winter wool workshop yard
"""
VERBS = """
adjust arrange bake balance borrow bring build carry change choose clean collect compare connect
copy count cover create cross deliver describe discover divide draw estimate examine explain fetch
find finish fold follow gather guard guess handle help hold improve inspect invite join keep lift
listen load look make measure mend mix move notice observe offer open order pack paint plan plant
pour prepare print protect pull push read record remember remove rent repair replace rescue return
review roll save search select send separate serve share show sort start stop store study supply
teach test trace trade translate travel update visit walk warm wash watch weigh wrap write
"""
ADJECTIVES = """
amber ancient bitter blue brave bright broad calm careful cheap clear clever cold common complete
cool crisp curious dark deep direct dry early easy empty equal even fair famous fast final firm
flat fresh full gentle golden grand green happy heavy hidden high honest hollow huge humble idle
kind large late lazy light local long lucky modern narrow neat new noble northern odd old open pale
patient plain polite proud quick quiet rapid rare ready rich rough round rural safe sharp short
silent simple slow small smooth soft solid southern steady steep strange strong sudden sweet tall
thick thin tiny useful vast warm wide wild wise wooden young
"""
SMALL = """
a about after all although and any as at because before below between both but by each every few
for from how if in into it its less many more most much near never no not of often on once only or
other our over perhaps quite rather same several since so some soon still such than that the their
then there these they this those through to too under until up very was we well were what when
where which while who why will with without yet you your
"""

SCRIPTS = {
    "Chinese": "山 水 日 月 木 火 土 金 天 地 人 风 雨 春 夏 秋 冬 东 西 南 北 大 花 鸟 鱼 书 画",
    "Japanese": "ねこ いぬ 山道 川辺 電車 時計 台所 手紙 あさ よる とても すこし 歩く 読む",
    "Korean": "바다 나무 하늘 사람 아침 저녁 시장 학교 편지 그림 천천히 조용히 다시",
    "Russian": "река город дерево утро вечер письмо книга тихо быстро снова очень",
    "French": "forêt été rivière château élève où déjà très près leçon hôtel août",
    "German": "Fluß Bäume Straße Tür Gemüse schön früh über Wärme Brücke größer",
}
UNSPACED = ("Chinese", "Japanese")
"""Scripts that put no space between words."""

CODE = (
    '```python\ndef area(width: int) -> str:\n    return f"area: {width * 2}"\n```',
    '```json\n{"name": "lamp", "sizes": [1, 2, 3], "note": "a \\"warm\\" light"}\n```',
    "```sql\nSELECT name, count(*) AS total FROM visits WHERE day = 'monday' GROUP BY name;\n```",
    '```yaml\nservice:\n  port: 8080\n  label: "blue: second shelf"\n```',
    '```bash\nfor file in *.txt; do echo "found: $file"; done\n```',
)
