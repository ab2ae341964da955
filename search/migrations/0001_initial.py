
import django.core.validators
import django.db.models.deletion
import registries.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('places', '0002_names'),
    ]

    operations = [
        migrations.CreateModel(
            name='DismissedQuery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=40, unique=True, verbose_name='查询')),
                ('dismissed_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': '不处理的查询',
                'verbose_name_plural': '不处理的查询',
            },
        ),
        migrations.CreateModel(
            name='IndexChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('document', models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='AskedQuery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='日期')),
                ('text', models.CharField(max_length=40, verbose_name='查询')),
                ('asked', models.PositiveIntegerField(default=0, verbose_name='查询次数')),
                ('found', models.PositiveIntegerField(default=0, help_text='How many results there were the last time.', verbose_name='找到')),
                ('opened', models.PositiveIntegerField(default=0, help_text='How many of those visits opened a result.', verbose_name='打开')),
            ],
            options={
                'verbose_name': '查询记录',
                'verbose_name_plural': '查询记录',
                'indexes': [models.Index(fields=['text', 'day'], name='search_asked_text')],
                'constraints': [models.UniqueConstraint(fields=('day', 'text'), name='one_count_a_day_and_query')],
            },
        ),
        migrations.CreateModel(
            name='BestBet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('query', models.CharField(help_text='群众在搜索框里写的整句话，例如：残疾证。', max_length=120, verbose_name='查询词')),
                ('address', models.CharField(help_text='公开页面的名称或网址，输入几个字后可以从列表里选。', max_length=500, verbose_name='推荐的内容')),
                ('position', models.PositiveSmallIntegerField(default=1, help_text='同一个查询词有几条推荐时，数小的在前。', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(9)], verbose_name='顺序')),
                ('changed_at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'verbose_name': '推荐结果',
                'verbose_name_plural': '推荐结果',
                'ordering': ['query', 'position', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('query', 'address'), name='one_best_bet_a_pair', violation_error_message='这个查询词已经推荐了这一条。')],
            },
        ),
        migrations.CreateModel(
            name='Mirror',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('index', models.CharField(blank=True, max_length=100)),
                ('building', models.CharField(blank=True, max_length=100)),
                ('layout', models.CharField(blank=True, max_length=64)),
                ('sent', models.BigIntegerField(default=0)),
                ('built_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='one_mirror')],
            },
        ),
        migrations.CreateModel(
            name='Synonym',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('term', models.CharField(help_text='群众怎么说，例如：低保。', max_length=60, verbose_name='群众用语')),
                ('target', models.CharField(help_text='清单和文件里怎么写，例如：最低生活保障。', max_length=120, verbose_name='规范用语')),
                ('weight', models.FloatField(default=0.9, help_text='0.1到1：越大，按规范用语找到的结果越靠前。', validators=[django.core.validators.MinValueValidator(0.1), django.core.validators.MaxValueValidator(1)], verbose_name='权重')),
                ('is_directional', models.BooleanField(default=True, help_text='单向：查“低保”也查“最低生活保障”，反过来不查。', verbose_name='单向')),
                ('changed_at', models.DateTimeField(auto_now=True, db_index=True)),
            ],
            options={
                'verbose_name': '同义词',
                'verbose_name_plural': '同义词',
                'ordering': ['term', '-weight', 'target'],
                'constraints': [models.UniqueConstraint(fields=('term', 'target'), name='one_synonym_a_pair', violation_error_message='这一对同义词已经有了。')],
            },
        ),
        migrations.CreateModel(
            name='SearchDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=160, unique=True)),
                ('source', models.CharField(db_index=True, max_length=40)),
                ('kind', models.CharField(choices=[('service', '办事'), ('power', '权力事项'), ('delegated', '赋权事项'), ('enforcement', '执法事项'), ('responsibility', '属地管理'), ('notice', '政策文件'), ('article', '政策条款'), ('centre', '民生服务中心'), ('point', '代办点'), ('grid', '网格')], max_length=16, verbose_name='类别')),
                ('title', models.CharField(max_length=2100, verbose_name='标题')),
                ('aliases', registries.fields.LinesField(blank=True, default=list, help_text='Other names that find it as surely as its title.', verbose_name='别名')),
                ('codes', registries.fields.LinesField(blank=True, default=list, verbose_name='编码和文号')),
                ('details', models.TextField(blank=True, help_text='Materials, results, conditions, duties.', verbose_name='要点')),
                ('bases', models.TextField(blank=True, verbose_name='依据')),
                ('body', models.TextField(blank=True, verbose_name='正文')),
                ('facts', models.JSONField(default=dict, verbose_name='卡片')),
                ('address', models.CharField(max_length=500, verbose_name='网址')),
                ('matter', models.CharField(blank=True, max_length=220, verbose_name='同一事项')),
                ('item_type', models.CharField(blank=True, choices=[('01', '行政许可'), ('02', '行政处罚'), ('03', '行政强制'), ('04', '行政征收'), ('05', '行政给付'), ('06', '行政检查'), ('07', '行政确认'), ('08', '行政奖励'), ('09', '行政裁决'), ('10', '其他行政权力'), ('20', '公共服务')], max_length=2, verbose_name='事项类型')),
                ('handling_mode', models.CharField(blank=True, choices=[('direct', '直接办理'), ('entrusted', '委托全程代办')], max_length=10, verbose_name='办理方式')),
                ('audiences', registries.fields.ChoiceListField(blank=True, default=list, max_length=200, options=[('person', '个人'), ('legal', '企业和组织')], verbose_name='服务对象')),
                ('four_modes', registries.fields.ChoiceListField(blank=True, default=list, max_length=200, options=[('1', '马上办'), ('2', '网上办'), ('3', '就近办'), ('4', '一次办')], verbose_name='四办')),
                ('special_services', registries.fields.ChoiceListField(blank=True, default=list, max_length=200, options=[('agent', '可代办'), ('cross_township', '跨乡通办'), ('bank', '银行代办'), ('at_home', '上门办'), ('after_hours', '延时办'), ('holiday', '假日办')], verbose_name='多元办理')),
                ('topics', registries.fields.ChoiceListField(blank=True, default=list, max_length=400, options=[('p005', '生育收养'), ('p010', '户籍办理'), ('p015', '民族宗教'), ('p020', '教育科研'), ('p025', '入伍服役'), ('p030', '就业创业'), ('p035', '设立变更'), ('p040', '准营准办'), ('p045', '抵押质押'), ('p050', '职业资格'), ('p055', '行政缴费'), ('p060', '婚姻登记'), ('p065', '优待抚恤'), ('p070', '规划建设'), ('p075', '住房保障'), ('p085', '社会保障'), ('p090', '证件办理'), ('p095', '交通出行'), ('p100', '旅游观光'), ('p105', '出境入境'), ('p110', '消费维权'), ('p115', '公共安全'), ('p120', '司法公证'), ('p125', '知识产权'), ('p130', '环保绿化'), ('p135', '文化体育'), ('p140', '公用事业'), ('p145', '医疗卫生'), ('p150', '离职退休'), ('p155', '死亡殡葬'), ('p998', '地方特色'), ('p999', '其他'), ('l005', '设立变更'), ('l010', '准营准办'), ('l015', '资质认证'), ('l020', '年检年审'), ('l025', '税收财务'), ('l030', '人力资源'), ('l035', '社会保障'), ('l040', '投资审批'), ('l045', '融资信贷'), ('l050', '抵押质押'), ('l055', '商务贸易'), ('l060', '招标拍卖'), ('l065', '海关口岸'), ('l070', '涉外服务'), ('l075', '农林牧渔'), ('l085', '国土和规划建设'), ('l090', '交通运输'), ('l095', '环保绿化'), ('l100', '应对气候变化'), ('l105', '水务气象'), ('l110', '医疗卫生'), ('l115', '科技创新'), ('l120', '文体教育'), ('l125', '知识产权'), ('l130', '民族宗教'), ('l135', '质量技术'), ('l140', '检验检疫'), ('l145', '安全生产'), ('l150', '公安消防'), ('l155', '司法公证'), ('l160', '公用事业'), ('l165', '法人注销'), ('l170', '档案文物'), ('l998', '地方特色'), ('l999', '其他')], verbose_name='主题')),
                ('visible_from', models.DateField(null=True)),
                ('visible_until', models.DateField(help_text='From this day on it is not public any more.', null=True)),
                ('is_revoked', models.BooleanField(default=False, help_text='Found, labelled and placed last.', verbose_name='已取消')),
                ('facets', models.TextField(default=',')),
                ('standing', models.FloatField(default=1.0)),
                ('standing_for_acts', models.FloatField(default=1.0)),
                ('area', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='places.area', verbose_name='地方')),
                ('department', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='places.organisation', verbose_name='部门')),
                ('township', models.ForeignKey(help_text='Empty: it holds for the whole city.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='places.area', verbose_name='乡镇（街道）')),
            ],
            options={
                'verbose_name': '检索条目',
                'verbose_name_plural': '检索条目',
                'indexes': [models.Index(fields=['kind', 'visible_from', 'visible_until'], name='search_kind_period'), models.Index(fields=['matter'], name='search_matter')],
            },
        ),
    ]
